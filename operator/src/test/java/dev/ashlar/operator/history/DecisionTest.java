package dev.ashlar.operator.history;

import static dev.ashlar.crds.HistoryEntry.Verdict.FAILED;
import static dev.ashlar.crds.HistoryEntry.Verdict.PENDING;
import static dev.ashlar.crds.HistoryEntry.Verdict.REPLACED;
import static dev.ashlar.crds.HistoryEntry.Verdict.RUNNING;
import static dev.ashlar.crds.HistoryEntry.Verdict.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.HistoryEntry;
import dev.ashlar.operator.history.Asked.Wish;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What runs, by the spec and the history. */
class DecisionTest {
    @Test
    void aFirstSpecIsARevision() {
        assertThat(decide("h1", null, Entries.of())).isEqualTo(new Decision.Anew());
    }

    @Test
    void theSameSpecAgainIsTheSameRevision() {
        Ledger ledger = Entries.of(SUPERSEDED, RUNNING);
        assertThat(decide("h2", null, ledger)).isEqualTo(new Decision.Current(entry(ledger, 2)));
    }

    @Test
    void theSpecOfAnEarlierRevisionIsOneMore() {
        assertThat(decide("h1", null, Entries.of(SUPERSEDED, RUNNING))).isEqualTo(new Decision.Anew());
    }

    @Test
    void aRevisionThatFailedGoesBackToTheOneThatRuns() {
        Ledger ledger = Entries.of(SUPERSEDED, RUNNING, FAILED);
        assertThat(decide("h3", null, ledger)).isEqualTo(new Decision.Back(entry(ledger, 3), entry(ledger, 2), false));
    }

    @Test
    void theWholeGoesBackWhereTheSpecSaysSo() {
        Ledger ledger = Entries.of(RUNNING, FAILED);
        assertThat(Decision.of("h2", new Wish(null, true, false), ledger))
                .isEqualTo(new Decision.Back(entry(ledger, 2), entry(ledger, 1), true));
    }

    @Test
    void aFirstRevisionThatFailedGoesOnTrying() {
        Ledger ledger = Entries.of(FAILED);
        assertThat(decide("h1", null, ledger)).isEqualTo(new Decision.Current(entry(ledger, 1)));
    }

    @Test
    void whatWasReplacedBeforeItAnsweredIsNotGoneBackTo() {
        Ledger ledger = Entries.of(SUPERSEDED, REPLACED, FAILED);
        assertThat(decide("h3", null, ledger)).isEqualTo(new Decision.Back(entry(ledger, 3), entry(ledger, 1), false));
    }

    @Test
    void anotherSpecAfterAFailureIsTried() {
        assertThat(decide("h4", null, Entries.of(RUNNING, REPLACED, FAILED))).isEqualTo(new Decision.Anew());
    }

    @Test
    void aNumberRunsWhateverTheSpecSays() {
        Ledger ledger = Entries.of(SUPERSEDED, RUNNING);
        assertThat(decide("other", 1, ledger)).isEqualTo(new Decision.Held(entry(ledger, 1)));
    }

    @Test
    void aNumberOfARevisionThatFailedTriesItAgain() {
        Ledger ledger = Entries.of(RUNNING, FAILED);
        assertThat(decide("h2", 2, ledger)).isEqualTo(new Decision.Held(entry(ledger, 2)));
    }

    @Test
    void anUnknownNumberIsRefusedWithTheKnownOnesAndWhatRanGoesOn() {
        Ledger ledger = Entries.of(SUPERSEDED, RUNNING, PENDING);
        assertThat(decide("h3", 7, ledger)).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.why().reason()).isEqualTo(HistoryReason.RevisionUnknown);
            assertThat(refused.why().message()).contains("revision 7", "1, 2, 3");
            assertThat(refused.goesOn()).contains(entry(ledger, 2));
        });
    }

    @Test
    void aNumberBeforeThereIsAnyRunsNothing() {
        assertThat(decide("h1", 1, Entries.of()))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.goesOn()).isEmpty());
    }

    @Test
    void nothingIsRecordedWhileSuspended() {
        assertThat(Decision.of("h2", new Wish(null, false, true), Entries.of(RUNNING)))
                .isEqualTo(new Decision.Unrecorded());
    }

    private static Decision decide(String hash, @Nullable Integer rollbackTo, Ledger ledger) {
        return Decision.of(hash, new Wish(rollbackTo, false, false), ledger);
    }

    private static HistoryEntry entry(Ledger ledger, int number) {
        return ledger.find(number).orElseThrow();
    }
}
