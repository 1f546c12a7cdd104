package dev.ashlar.operator.history;

import static dev.ashlar.crds.HistoryEntry.Verdict.FAILED;
import static dev.ashlar.crds.HistoryEntry.Verdict.REPLACED;
import static dev.ashlar.crds.HistoryEntry.Verdict.RUNNING;
import static dev.ashlar.crds.HistoryEntry.Verdict.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.HistoryEntry;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.history.Asked.Wish;
import dev.ashlar.operator.history.Course.Return;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What runs and what is written, over the life of a resource whose spec is a word: one that begins with "bad" never answers. */
class KeeperTest {
    private static final Wish NONE = new Wish(null, false, false);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private final Kept kept = new Kept();
    private Set<String> gone = Set.of();
    private Keeper<String> keeper = operator();
    private List<HistoryEntry> status = List.of();
    private String runs = "";

    @Test
    void aChangeCostsOneWriteAndTheSameSpecNone() {
        settle("one", NONE);
        settle("one", NONE);
        settle("two", NONE);

        assertThat(kept.writes).containsExactly("create 1", "create 2");
        assertThat(verdicts()).containsExactly(SUPERSEDED, RUNNING);
    }

    @Test
    void goesBackExactlyAndOnAgainWithoutAWrite() {
        settle("one", NONE);
        settle("two", NONE);

        settle("two", to(1));
        assertThat(runs).isEqualTo("one");
        assertThat(verdicts()).containsExactly(RUNNING, SUPERSEDED);

        settle("two", NONE);
        assertThat(runs).isEqualTo("two");
        assertThat(verdicts()).containsExactly(SUPERSEDED, RUNNING);
        assertThat(kept.writes).hasSize(2);
    }

    @Test
    void aSpecThatIsHeldBackGetsItsNumberWhenItRuns() {
        settle("one", NONE);
        settle("two", to(1));
        assertThat(verdicts()).containsExactly(RUNNING);

        settle("two", NONE);
        assertThat(runs).isEqualTo("two");
        assertThat(verdicts()).containsExactly(SUPERSEDED, RUNNING);
    }

    @Test
    void whatFailsIsPutBackAndNotTriedAgain() {
        settle("one", NONE);
        settle("bad", NONE);
        assertThat(runs).isEqualTo("one");
        settle("bad", NONE);
        assertThat(runs).isEqualTo("one");
        assertThat(verdicts()).containsExactly(RUNNING, FAILED);

        settle("two", NONE);
        assertThat(runs).isEqualTo("two");
        settle("bad", NONE);
        assertThat(runs).isEqualTo("two");
        assertThat(verdicts()).containsExactly(SUPERSEDED, FAILED, RUNNING, FAILED);
    }

    @Test
    void theRollbackToWhatFailedTriesItAgain() {
        settle("one", NONE);
        settle("bad", NONE);
        settle("bad", to(2));
        assertThat(runs).isEqualTo("bad");
    }

    @Test
    void aRevisionThatWasRecordedBeforeTheOperatorWasKilledIsTakenUp() {
        settle("one", NONE);
        keeper.course(site(), asked("two", NONE), status);
        keeper = operator(); // killed before it wrote the status

        settle("two", NONE);

        assertThat(kept.writes).containsExactly("create 1", "create 2");
        assertThat(verdicts()).containsExactly(SUPERSEDED, RUNNING);
    }

    @Test
    void aRevisionThatWasRecordedAndReplacedMeanwhileKeepsItsNumber() {
        settle("one", NONE);
        keeper.course(site(), asked("two", NONE), status);
        keeper = operator();

        settle("three", NONE);

        assertThat(kept.writes).containsExactly("create 1", "create 2", "create 3");
        assertThat(verdicts()).containsExactly(SUPERSEDED, REPLACED, RUNNING);
    }

    @Test
    void aLostStatusGetsItsNumbersBack() {
        settle("one", NONE);
        settle("two", NONE);
        status = List.of();
        keeper = operator();

        settle("two", NONE);
        assertThat(verdicts()).containsExactly(REPLACED, RUNNING);

        settle("two", to(1));
        assertThat(runs).isEqualTo("one");
        assertThat(kept.writes).hasSize(2);
    }

    @Test
    void doesNotAskAgainForWhatTheStatusDoesNotHaveYet() {
        var first = keeper.course(site(), asked("one", NONE), List.of());
        var second = keeper.course(site(), asked("one", NONE), List.of());
        assertThat(second.ledger()).isEqualTo(first.ledger());
        assertThat(kept.writes).containsExactly("create 1");
    }

    @Test
    void theOldestGoesWithFilesThatNoOtherNames() {
        for (int i = 1; i <= 10; i++) {
            settle("spec" + i % 9, NONE);
        }
        kept.writes.clear();

        settle("eleven", NONE); // revision 10 has the files of revision 1
        assertThat(kept.writes).containsExactly("create 11", "delete 1");
        kept.writes.clear();

        settle("twelve", NONE);
        assertThat(kept.writes).containsExactly("create 12", "delete files-spec2", "delete 2");
        assertThat(status).hasSize(10);
        assertThat(kept.specs).hasSize(10);
    }

    @Test
    void aRevisionWhoseImageIsGoneIsRefusedAndNamed() {
        settle("one", NONE);
        settle("two", NONE);
        gone = Set.of("image-one");

        var course = settle("two", to(1));

        assertThat(runs).isEqualTo("two");
        assertThat(course.decision()).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.why().reason()).isEqualTo(HistoryReason.ImageGone);
            assertThat(refused.why().message()).contains("image-one");
        });
        assertThat(course.recheck(course.ledger())).isPresent();
    }

    @Test
    void whatRunsGoesOnWhateverBecomesOfItsImage() {
        settle("one", NONE);
        settle("two", NONE);
        settle("two", to(1));
        gone = Set.of("image-one");

        settle("two", to(1));
        assertThat(runs).isEqualTo("one");
    }

    @Test
    void aRevisionThatSomebodyDeletedIsRefused() {
        settle("one", NONE);
        settle("two", NONE);
        kept.specs.remove(1);

        var course = settle("two", to(1));
        assertThat(runs).isEqualTo("two");
        assertThat(course.decision())
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.why().message())
                                .contains("ControllerRevision shop.site-01234567.1 is gone"));
    }

    @Test
    void nothingIsRecordedWhileSuspended() {
        settle("one", NONE);
        settle("two", new Wish(null, false, true));
        assertThat(kept.writes).containsExactly("create 1");
        assertThat(verdicts()).containsExactly(RUNNING);
    }

    /** Whatever is wished for, and wherever the operator is killed, it ends where it would have ended without. */
    @Test
    void endsWhereItShouldWhereverItIsKilled() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            KeeperTest life = new KeeperTest();
            String good = "good0";
            life.settle(good, NONE);
            for (int step = 1; step < 30; step++) {
                boolean bad = random.nextInt(3) == 0;
                String spec = (bad ? "bad" : "good") + random.nextInt(6);
                life.disturb(spec, random);
                life.settle(spec, NONE);
                good = bad ? good : spec;
                assertThat(life.runs).as("seed %d step %d", seed, step).isEqualTo(good);
                assertThat(life.status).hasSizeLessThanOrEqualTo(10);
            }
        }
    }

    /** Some looks at the resource, after each of which the operator may die with what it was about to write. */
    private void disturb(String spec, Random random) {
        for (int look = 0; look < random.nextInt(4); look++) {
            var course = keeper.course(site(), asked(spec, NONE), status);
            if (random.nextBoolean()) {
                status = course.judged(false, causes(course)).entries();
            }
            if (random.nextBoolean()) {
                keeper = operator();
            }
        }
    }

    /** Looks at the resource until nothing changes any more. */
    private Course<String> settle(String spec, Wish wish) {
        List<Course<String>> courses = new ArrayList<>();
        List<HistoryEntry> before;
        do {
            before = status;
            Course<String> course = keeper.course(site(), asked(spec, wish), status);
            runs = course.partly().map(Return::spec).or(course::spec).orElse(runs);
            status = course.judged(!runs.startsWith("bad"), causes(course)).entries();
            courses.add(course);
        } while (!status.equals(before));
        return courses.getLast();
    }

    private static Map<String, String> causes(Course<String> course) {
        String runs = course.partly().map(Return::spec).or(course::spec).orElse("");
        return runs.startsWith("bad") ? Map.of("shop", "It crashed.") : Map.of();
    }

    private List<HistoryEntry.Verdict> verdicts() {
        return Entries.verdicts(new Ledger(status));
    }

    private static Wish to(@Nullable Integer number) {
        return new Wish(number, false, false);
    }

    private static Asked<String> asked(String spec, Wish wish) {
        return new Asked<>(spec, Map.of("shop", "sha256:" + spec), List.of("files-" + spec), wish);
    }

    private Keeper<String> operator() {
        return new Keeper<>(
                kept,
                new Words(),
                images -> images.stream().filter(gone::contains).findFirst(),
                CLOCK);
    }

    private static Site site() {
        Site site = new Site();
        site.setMetadata(new ObjectMetaBuilder()
                .withName("shop")
                .withNamespace("demo")
                .withUid("01234567-89ab-cdef-0123-456789abcdef")
                .build());
        return site;
    }

    /** A spec that is a word. */
    private record Words() implements Revisioned<String> {
        @Override
        public Class<String> type() {
            return String.class;
        }

        @Override
        public List<String> images(String spec) {
            return List.of("image-" + spec);
        }

        @Override
        public boolean usesSecrets(String spec) {
            return false;
        }

        @Override
        public Set<String> goBack(String failed, String good, List<String> services) {
            return Set.copyOf(services);
        }
    }
}
