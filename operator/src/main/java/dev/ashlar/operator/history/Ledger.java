package dev.ashlar.operator.history;

import dev.ashlar.crds.HistoryEntry;
import dev.ashlar.crds.HistoryEntry.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The history of a resource, the newest revision last. */
public record Ledger(List<HistoryEntry> entries) {
    static final int KEPT = 10;
    private static final int LONGEST_MESSAGE = 600;

    public Ledger {
        entries = List.copyOf(entries);
    }

    Optional<HistoryEntry> newest() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
    }

    Optional<HistoryEntry> find(int number) {
        return entries.stream().filter(entry -> entry.number() == number).findFirst();
    }

    Optional<HistoryEntry> running() {
        return last(entry -> entry.verdict() == Verdict.RUNNING);
    }

    /** What to go back to when a revision fails: what answered last. */
    Optional<HistoryEntry> good(int failed) {
        return last(entry -> entry.verdict() == Verdict.RUNNING && entry.number() != failed)
                .or(() -> last(entry -> entry.verdict() == Verdict.SUPERSEDED && entry.number() != failed));
    }

    int nextNumber() {
        return newest().map(entry -> entry.number() + 1).orElse(1);
    }

    /** With one revision more. What did not answer before it came has lost its turn, and the oldest go that nothing goes back to. */
    Ledger with(HistoryEntry added) {
        List<HistoryEntry> all =
                new ArrayList<>(entries.stream().map(Ledger::passedOver).toList());
        all.add(added);
        Set<Integer> needed = new TreeSet<>(Set.of(added.number()));
        good(added.number()).ifPresent(good -> needed.add(good.number()));
        while (all.size() > KEPT) {
            all.remove(all.stream()
                    .filter(entry -> !needed.contains(entry.number()))
                    .findFirst()
                    .orElseThrow());
        }
        return new Ledger(all);
    }

    /** With what was found besides, each at its place. */
    Ledger joined(Collection<HistoryEntry> found) {
        Map<Integer, HistoryEntry> all = new TreeMap<>();
        found.forEach(entry -> all.put(entry.number(), entry));
        entries.forEach(entry -> all.put(entry.number(), entry));
        return new Ledger(List.copyOf(all.values()));
    }

    Ledger without(int number) {
        return new Ledger(
                entries.stream().filter(entry -> entry.number() != number).toList());
    }

    /** What the other one no longer has. */
    List<HistoryEntry> goneIn(Ledger other) {
        return entries.stream()
                .filter(entry -> other.find(entry.number()).isEmpty())
                .toList();
    }

    Ledger pending(int number) {
        return change(number, entry -> as(entry, Verdict.PENDING));
    }

    /** The revision answers; it is the only one that runs. */
    Ledger running(int number) {
        return new Ledger(entries.stream()
                .map(entry -> entry.number() == number
                        ? as(entry, Verdict.RUNNING)
                        : entry.verdict() == Verdict.RUNNING ? as(entry, Verdict.SUPERSEDED) : entry)
                .toList());
    }

    /**
     * The revision failed, or more of it did.
     *
     * @param causes why, by the name of the service
     */
    Ledger failed(int number, Map<String, String> causes) {
        return change(number, entry -> {
            Set<String> failed = new TreeSet<>(entry.failed());
            failed.addAll(causes.keySet());
            String message = entry.verdict() == Verdict.FAILED && entry.message() != null
                    ? entry.message()
                    : causes.values().stream().findFirst().orElse("");
            return entry.judged(Verdict.FAILED, List.copyOf(failed), cut(message));
        });
    }

    /** The numbers as a sentence lists them: {@code 1, 2, 4}. */
    String numbers() {
        return entries.stream().map(entry -> entry.number().toString()).collect(Collectors.joining(", "));
    }

    private Optional<HistoryEntry> last(Predicate<HistoryEntry> wanted) {
        return entries.stream().filter(wanted).reduce((first, last) -> last);
    }

    private Ledger change(int number, UnaryOperator<HistoryEntry> change) {
        return new Ledger(entries.stream()
                .map(entry -> entry.number() == number ? change.apply(entry) : entry)
                .toList());
    }

    private static HistoryEntry passedOver(HistoryEntry entry) {
        return entry.verdict() == Verdict.PENDING ? as(entry, Verdict.REPLACED) : entry;
    }

    private static HistoryEntry as(HistoryEntry entry, Verdict verdict) {
        return entry.judged(verdict, List.of(), null);
    }

    private static String cut(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…";
    }
}
