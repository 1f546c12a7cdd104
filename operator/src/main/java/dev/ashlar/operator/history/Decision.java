package dev.ashlar.operator.history;

import dev.ashlar.crds.HistoryEntry;
import dev.ashlar.crds.HistoryEntry.Verdict;
import dev.ashlar.operator.history.Asked.Wish;
import dev.ashlar.operator.kube.Outcome;
import java.util.Optional;

/** What is to run, by the spec and the history alone. */
sealed interface Decision {
    /** The spec as it stands, which is the newest revision. */
    record Current(HistoryEntry entry) implements Decision {}

    /** The spec as it stands, which is to become a revision. */
    record Anew() implements Decision {}

    /** The spec as it stands, to compare with: nothing is written for now. */
    record Unrecorded() implements Decision {}

    /** An earlier revision on purpose. */
    record Held(HistoryEntry entry) implements Decision {}

    /** The newest revision failed: what failed of it, or all, is as it was in the one that answered last. */
    record Back(HistoryEntry failed, HistoryEntry good, boolean whole) implements Decision {}

    /** What is wished for cannot be: what ran goes on, if something did. */
    record Refused(Outcome.Stalled why, Optional<HistoryEntry> goesOn) implements Decision {}

    static Decision of(String hash, Wish wish, Ledger ledger) {
        Integer number = wish.rollbackTo();
        if (number != null) {
            return ledger.find(number).<Decision>map(Held::new).orElseGet(() -> unknown(number, ledger));
        }
        Optional<HistoryEntry> newest =
                ledger.newest().filter(entry -> entry.hash().equals(hash));
        if (newest.isEmpty()) {
            return wish.suspended() ? new Unrecorded() : new Anew();
        }
        HistoryEntry entry = newest.get();
        return entry.verdict() == Verdict.FAILED
                ? ledger.good(entry.number())
                        .<Decision>map(good -> new Back(entry, good, wish.whole()))
                        .orElseGet(() -> new Current(entry))
                : new Current(entry);
    }

    private static Decision unknown(int number, Ledger ledger) {
        String known = ledger.entries().isEmpty() ? "there is none yet" : "known are " + ledger.numbers();
        return refused(
                new Outcome.Stalled(
                        HistoryReason.RevisionUnknown,
                        "spec.rollbackTo names revision %d, which is not known (%s); name one of these, or remove the field."
                                .formatted(number, known)),
                ledger);
    }

    /** What answered last goes on, else what is on its way. */
    static Refused refused(Outcome.Stalled why, Ledger ledger) {
        return new Refused(why, ledger.running().or(ledger::newest));
    }
}
