package dev.ashlar.operator.history;

import static dev.ashlar.crds.HistoryEntry.Verdict.FAILED;
import static dev.ashlar.crds.HistoryEntry.Verdict.PENDING;
import static dev.ashlar.crds.HistoryEntry.Verdict.REPLACED;
import static dev.ashlar.crds.HistoryEntry.Verdict.RUNNING;
import static dev.ashlar.crds.HistoryEntry.Verdict.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ashlar.crds.HistoryEntry;
import dev.ashlar.crds.HistoryEntry.Verdict;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the history says next. */
class LedgerTest {
    @Test
    void oneAloneRuns() {
        assertThat(Entries.verdicts(Entries.of(SUPERSEDED, RUNNING, PENDING).running(3)))
                .containsExactly(SUPERSEDED, SUPERSEDED, RUNNING);
        assertThat(Entries.verdicts(Entries.of(SUPERSEDED, RUNNING, FAILED).running(1)))
                .containsExactly(RUNNING, SUPERSEDED, FAILED);
    }

    @Test
    void whatDidNotAnswerBeforeTheNextCameIsReplaced() {
        assertThat(Entries.verdicts(Entries.of(RUNNING, PENDING).with(Entries.entry(3, PENDING))))
                .containsExactly(RUNNING, REPLACED, PENDING);
    }

    @Test
    void keepsTheLastTen() {
        Ledger ten = Entries.of(Stream.generate(() -> SUPERSEDED).limit(10).toArray(Verdict[]::new));
        Ledger next = ten.with(Entries.entry(11, PENDING));
        assertThat(next.entries())
                .hasSize(10)
                .extracting(HistoryEntry::number)
                .startsWith(2)
                .endsWith(11);
        assertThat(ten.goneIn(next)).extracting(HistoryEntry::number).containsExactly(1);
    }

    @Test
    void keepsWhatAnsweredLastHoweverManyFailedSince() {
        Ledger ledger = Entries.of(RUNNING);
        for (int number = 2; number < 30; number++) {
            ledger = ledger.with(Entries.entry(number, FAILED));
        }
        assertThat(ledger.entries())
                .hasSize(10)
                .extracting(HistoryEntry::number)
                .startsWith(1, 21)
                .endsWith(29);
        assertThat(ledger.good(29)).map(HistoryEntry::number).contains(1);
    }

    @Test
    void remembersTheFirstCauseAndEachServiceThatFailed() {
        Ledger once = Entries.of(RUNNING, PENDING).failed(2, Map.of("api", "It crashed."));
        Ledger twice = once.failed(2, Map.of("api", "x", "content", "y"));
        assertThat(twice.find(2)).hasValueSatisfying(entry -> {
            assertThat(entry.verdict()).isEqualTo(FAILED);
            assertThat(entry.failed()).containsExactly("api", "content");
            assertThat(entry.message()).isEqualTo("It crashed.");
        });
    }

    @Test
    void forgetsTheCauseOfWhatAnswersAfterAll() {
        assertThat(Entries.of(FAILED).running(1).find(1)).hasValueSatisfying(entry -> {
            assertThat(entry.verdict()).isEqualTo(RUNNING);
            assertThat(entry.failed()).isEmpty();
            assertThat(entry.message()).isNull();
        });
    }

    @Test
    void takesUpWhatWasRecordedAndNotReported() {
        Ledger known = Entries.of(SUPERSEDED, RUNNING);
        assertThat(known.joined(Stream.of(2, 3)
                                .map(n -> Entries.entry(n, REPLACED))
                                .toList())
                        .entries())
                .extracting(HistoryEntry::number, HistoryEntry::verdict)
                .containsExactly(tuple(1, SUPERSEDED), tuple(2, RUNNING), tuple(3, REPLACED));
    }
}
