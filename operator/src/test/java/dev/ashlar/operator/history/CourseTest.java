package dev.ashlar.operator.history;

import static dev.ashlar.crds.HistoryEntry.Verdict.FAILED;
import static dev.ashlar.crds.HistoryEntry.Verdict.PENDING;
import static dev.ashlar.crds.HistoryEntry.Verdict.RUNNING;
import static dev.ashlar.crds.HistoryEntry.Verdict.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.HistoryEntry.Verdict;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.history.Course.Return;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Stage;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the history and the conditions say after a look at what runs. */
class CourseTest {
    private static final Map<String, String> CRASHED = Map.of("api", "shop-api: It crashed.");
    private static final Stage APPLIED = new Stage("Applied", new Outcome.Done("All is in place."));
    private static final Stage ANSWERS = new Stage(Stage.AVAILABLE, new Outcome.Done("All answer."));
    private static final Stage CRASHES =
            new Stage(Stage.AVAILABLE, new Outcome.Stalled(HistoryReason.RevisionFailed, "shop-api: It crashed."));

    @Test
    void aRevisionThatAnswersRuns() {
        assertThat(Entries.verdicts(current(RUNNING, PENDING).judged(true, Map.of())))
                .containsExactly(SUPERSEDED, RUNNING);
    }

    @Test
    void aRevisionWithoutACauseIsOnItsWay() {
        assertThat(Entries.verdicts(current(RUNNING, PENDING).judged(false, Map.of())))
                .containsExactly(RUNNING, PENDING);
    }

    @Test
    void aRevisionThatFailsIsWrittenDownAndThenLeftAtOnce() {
        var course = current(RUNNING, PENDING);
        Ledger judged = course.judged(false, CRASHED);
        assertThat(Entries.verdicts(judged)).containsExactly(RUNNING, FAILED);
        assertThat(course.recheck(judged)).isPresent();
    }

    @Test
    void aFirstRevisionThatFailsIsNotLeftAndSaysSo() {
        var course = current(PENDING);
        Ledger judged = course.judged(false, CRASHED);
        assertThat(Entries.verdicts(judged)).containsExactly(FAILED);
        assertThat(course.recheck(judged)).isEmpty();
        assertThat(ready(course, CRASHES).message()).contains("It crashed.", "nothing to go back to");
    }

    @Test
    void aFirstRevisionThatAnswersAfterAllRuns() {
        assertThat(Entries.verdicts(current(FAILED).judged(true, Map.of()))).containsExactly(RUNNING);
    }

    @Test
    void aRevisionThatAnsweredDoesNotFailLater() {
        var course = current(SUPERSEDED, RUNNING);
        assertThat(course.judged(false, CRASHED)).isEqualTo(course.ledger());
    }

    @Test
    void aRevisionThatIsTriedAgainAfterARollbackMayFail() {
        assertThat(Entries.verdicts(current(RUNNING, SUPERSEDED).judged(false, Map.of())))
                .containsExactly(RUNNING, PENDING);
    }

    @Test
    void aRevisionThatIsHeldRunsWhenItAnswersAndSaysThatItIsHeld() {
        Ledger ledger = Entries.of(SUPERSEDED, RUNNING);
        var course = course(new Decision.Held(ledger.entries().getFirst()), ledger, true);
        assertThat(Entries.verdicts(course.judged(true, Map.of()))).containsExactly(RUNNING, SUPERSEDED);
        assertThat(course.judged(false, CRASHED)).isEqualTo(ledger);
        assertThat(condition(course, "HeldBack", ANSWERS))
                .hasValueSatisfying(held -> assertThat(held.message())
                        .contains("Revision 1", "spec.rollbackTo", "--end", "values of Secrets"));
        assertThat(ready(course, ANSWERS).status()).isEqualTo("True");
    }

    @Test
    void aServiceThatIsAsItWasIsToldWithTheCause() {
        Ledger ledger = Entries.of(RUNNING, FAILED);
        var back = new Decision.Back(ledger.entries().get(1), ledger.entries().get(0), false);
        var course = new Course<>(
                site(), back, Optional.of("new"), Optional.of(new Return<>("old", Set.of("api"))), ledger, false);
        assertThat(ready(course, ANSWERS)).satisfies(ready -> {
            assertThat(ready.status()).isEqualTo("False");
            assertThat(ready.reason()).isEqualTo("RevisionFailed");
            assertThat(ready.message())
                    .isEqualTo(
                            "Revision 2 failed: shop-api: It crashed. Service api is as in revision 1 again, all else as in revision 2;"
                                    + " correct the spec, or try it again: `ashlar rollback shop 2 -n demo`.");
        });
        assertThat(course.judged(true, Map.of())).isEqualTo(ledger);
    }

    @Test
    void oneMoreThatFailsGoesBackToo() {
        Ledger ledger = Entries.of(RUNNING, FAILED);
        var back = new Decision.Back(ledger.entries().get(1), ledger.entries().get(0), false);
        var course = course(back, ledger, false);
        Ledger judged = course.judged(false, Map.of("content", "shop-content: It crashed."));
        assertThat(judged.entries().get(1).failed()).containsExactly("api", "content");
        assertThat(course.recheck(judged)).isPresent();
    }

    @Test
    void whatCouldNotGoBackAndAnswersAfterAllRuns() {
        Ledger ledger = Entries.of(RUNNING, FAILED);
        var course = course(
                new Decision.Back(ledger.entries().get(1), ledger.entries().get(0), false), ledger, false);
        Ledger judged = course.judged(true, Map.of());
        assertThat(Entries.verdicts(judged)).containsExactly(SUPERSEDED, RUNNING);
        assertThat(course.recheck(judged)).isPresent();
    }

    @Test
    void theWholeThatWentBackRunsAgain() {
        Ledger ledger = Entries.of(SUPERSEDED, FAILED);
        var back = new Decision.Back(ledger.entries().get(1), ledger.entries().get(0), true);
        var course = course(back, ledger, false);
        assertThat(Entries.verdicts(course.judged(true, Map.of()))).containsExactly(RUNNING, FAILED);
        assertThat(ready(course, ANSWERS).message()).contains("Revision 1 runs again");
    }

    @Test
    void whatIsRefusedIsToldAndChangesNothing() {
        Ledger ledger = Entries.of(RUNNING);
        var course = course(Decision.of("h1", new Asked.Wish(9, false, false), ledger), ledger, false);
        assertThat(course.judged(true, Map.of())).isEqualTo(ledger);
        assertThat(ready(course, ANSWERS).reason()).isEqualTo("RevisionUnknown");
    }

    private static Course<String> current(Verdict... verdicts) {
        Ledger ledger = Entries.of(verdicts);
        return course(new Decision.Current(ledger.entries().getLast()), ledger, false);
    }

    private static Course<String> course(Decision decision, Ledger ledger, boolean secrets) {
        return new Course<>(site(), decision, Optional.of("spec"), Optional.empty(), ledger, secrets);
    }

    private static Condition ready(Course<?> course, Stage last) {
        return condition(course, Conditions.READY, last).orElseThrow();
    }

    private static Optional<Condition> condition(Course<?> course, String type, Stage last) {
        var conditions = Conditions.of(course.told(List.of(APPLIED, last)), List.of(), 1, Clock.systemUTC());
        return Conditions.find(conditions, type);
    }

    private static Site site() {
        Site site = new Site();
        site.setMetadata(
                new ObjectMetaBuilder().withName("shop").withNamespace("demo").build());
        return site;
    }
}
