package dev.ashlar.operator.history;

import dev.ashlar.crds.HistoryEntry;
import dev.ashlar.crds.HistoryEntry.Verdict;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Stage;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of a resource is to run, why, and what the history says of it.
 *
 * @param spec what is to run; empty when nothing can and all stays as it is
 * @param partly what goes back alone, while all else keeps the new revision
 * @param usesSecrets whether what runs again uses Secrets, whose former values nobody has
 */
public record Course<S>(
        HasMetadata owner,
        Decision decision,
        Optional<S> spec,
        Optional<Return<S>> partly,
        Ledger ledger,
        boolean usesSecrets) {
    private static final Duration NOW = Duration.ofMillis(1);
    /** Nothing tells us that an image was pushed again. */
    private static final Duration GONE = Duration.ofMinutes(1);

    static <S> Course<S> of(HasMetadata owner, Decision decision, Asked<S> asked, Ledger ledger) {
        return new Course<>(owner, decision, Optional.of(asked.spec()), Optional.empty(), ledger, false);
    }

    /** Of a resource that has no history of its own: its owner has. */
    public static <S> Course<S> unrecorded(HasMetadata owner, S spec) {
        return new Course<>(
                owner, new Decision.Unrecorded(), Optional.of(spec), Optional.empty(), new Ledger(List.of()), false);
    }

    /**
     * What goes back alone.
     *
     * @param spec the one that answered
     * @param services those that are as in that spec, at least one
     */
    public record Return<S>(S spec, Set<String> services) {}

    /**
     * The history after a look at what runs.
     *
     * @param done whether all of it answers
     * @param causes why services failed for good, by their names
     */
    public Ledger judged(boolean done, Map<String, String> causes) {
        return switch (decision) {
            case Decision.Current(HistoryEntry entry) -> current(entry, done, causes);
            case Decision.Held(HistoryEntry entry) -> done ? ledger.running(entry.number()) : ledger;
            case Decision.Back back -> back(back, done, causes);
            case Decision.Anew anew -> ledger;
            case Decision.Unrecorded unrecorded -> ledger;
            case Decision.Refused refused -> ledger;
        };
    }

    private Ledger current(HistoryEntry entry, boolean done, Map<String, String> causes) {
        if (done) {
            return ledger.running(entry.number());
        }
        return switch (entry.verdict()) {
            case RUNNING -> ledger; // it answered: what goes wrong now is not its fault
            case FAILED -> causes.isEmpty() ? ledger : ledger.failed(entry.number(), causes);
            case PENDING, SUPERSEDED, REPLACED ->
                causes.isEmpty() ? ledger.pending(entry.number()) : ledger.failed(entry.number(), causes);
        };
    }

    private Ledger back(Decision.Back back, boolean done, Map<String, String> causes) {
        if (back.whole()) {
            return done ? ledger.running(back.good().number()) : ledger;
        }
        if (done && partly.isEmpty()) {
            return ledger.running(back.failed().number()); // it could not go back, and answers after all
        }
        return causes.isEmpty() || back.failed().failed().containsAll(causes.keySet())
                ? ledger
                : ledger.failed(back.failed().number(), causes);
    }

    /** When to look again, where nothing else tells: at once when the history, which is written first, means another course now. */
    public Optional<Duration> recheck(Ledger judged) {
        if (decision instanceof Decision.Refused(Outcome.Stalled why, var goesOn)
                && why.reason() == HistoryReason.ImageGone) {
            return Optional.of(GONE);
        }
        Optional<HistoryEntry> now = judged.newest();
        return now.equals(ledger.newest()) || !isToTurn(now.orElseThrow(), judged)
                ? Optional.empty()
                : Optional.of(NOW);
    }

    private boolean isToTurn(HistoryEntry newest, Ledger judged) {
        return newest.verdict() == Verdict.FAILED
                ? judged.good(newest.number()).isPresent()
                : decision instanceof Decision.Back;
    }

    /** The stages as they are told, with what the history has to say to them. */
    public List<Stage> told(List<Stage> stages) {
        return new Telling(this).told(stages);
    }

    /** {@code ashlar rollback shop 3 -n default}. */
    String command(HistoryEntry entry) {
        return "`ashlar rollback %s %d -n %s`"
                .formatted(
                        owner.getMetadata().getName(),
                        entry.number(),
                        owner.getMetadata().getNamespace());
    }
}
