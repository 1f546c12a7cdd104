package dev.ashlar.operator.history;

import dev.ashlar.crds.HistoryEntry;
import dev.ashlar.crds.HistoryEntry.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Histories as a status has them: revision 1 has the hash h1, and so on. */
final class Entries {
    private Entries() {}

    /** One revision for each verdict, from number 1 on. */
    static Ledger of(Verdict... verdicts) {
        return new Ledger(IntStream.range(0, verdicts.length)
                .mapToObj(i -> entry(i + 1, verdicts[i]))
                .toList());
    }

    static HistoryEntry entry(int number, Verdict verdict) {
        return new HistoryEntry(
                number,
                "2026-01-01T00:00:0%dZ".formatted(number % 10),
                "kubectl",
                "h" + number,
                Map.of("api", "sha256:" + number, "content", "sha256:0"),
                verdict,
                verdict == Verdict.FAILED ? List.of("api") : List.of(),
                verdict == Verdict.FAILED ? "shop-api: It crashed." : null,
                List.of("shop-api-" + number));
    }

    /** What the verdicts are, in order. */
    static List<Verdict> verdicts(Ledger ledger) {
        return ledger.entries().stream().map(HistoryEntry::verdict).toList();
    }
}
