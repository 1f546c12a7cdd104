package dev.ashlar.operator.kube;

import dev.ashlar.crds.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns the outcomes of a resource's stages into its conditions, in the way that kstatus and `kubectl wait` read them. */
public final class Conditions {
    public static final String READY = "Ready";
    public static final String STALLED = "Stalled";
    /** The reason of a stage that none has looked at yet. */
    public static final String NOT_REACHED = "NotReached";

    private static final String RECONCILING = "Reconciling";
    private static final int LONGEST_MESSAGE = 2000;

    private final List<Condition> previous;
    private final long generation;
    private final Instant now;

    private Conditions(List<Condition> previous, long generation, Instant now) {
        this.previous = previous;
        this.generation = generation;
        this.now = now;
    }

    /**
     * The conditions of a resource: Ready first, then each stage, then Reconciling or Stalled when true.
     *
     * @param previous what the resource's status said before; a transition time is kept while the status is the same
     */
    public static List<Condition> of(List<Stage> stages, List<Condition> previous, long generation, Clock clock) {
        return new Conditions(previous, generation, clock.instant().truncatedTo(ChronoUnit.SECONDS)).all(stages);
    }

    /** What was told of the resource as it is now; of an earlier generation it says nothing. */
    public static Optional<Condition> current(HasMetadata resource, List<Condition> conditions, String type) {
        return find(conditions, type)
                .filter(condition -> resource.getMetadata().getGeneration().equals(condition.observedGeneration()));
    }

    public static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream().filter(c -> type.equals(c.type())).findFirst();
    }

    /** Whether a workload was given up: only an edit helps, and that not since something keeps it from being asked for. */
    public static boolean isFailed(List<Condition> conditions) {
        return find(conditions, STALLED).isPresent()
                && conditions.stream()
                        .anyMatch(condition -> Stage.RUNS.contains(condition.type())
                                && condition.status().equals("False"));
    }

    private List<Condition> all(List<Stage> stages) {
        Outcome verdict = Stage.verdict(stages);
        List<Condition> all = new ArrayList<>();
        all.add(condition(READY, verdict));
        boolean reached = true;
        for (Stage stage : stages) {
            all.add(reached ? condition(stage) : unreached(stage.type()));
            reached &= !stage.isInTheWay();
        }
        switch (verdict) {
            case Outcome.Done done -> {}
            case Outcome.Waiting waiting ->
                all.add(condition(RECONCILING, "True", waiting.reason().name(), waiting.message()));
            case Outcome.Stalled stalled ->
                all.add(condition(STALLED, "True", stalled.reason().name(), stalled.message()));
        }
        return List.copyOf(all);
    }

    /** What is only told of is not false while it is not known. */
    private Condition condition(Stage stage) {
        return stage.advisory()
                        && stage.outcome() instanceof Outcome.Waiting(Reason reason, String message, var recheck)
                ? condition(stage.type(), "Unknown", reason.name(), message)
                : condition(stage.type(), stage.outcome());
    }

    private Condition condition(String type, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> condition(type, "True", type, done.message());
            case Outcome.Waiting waiting ->
                condition(type, "False", waiting.reason().name(), waiting.message());
            case Outcome.Stalled stalled ->
                condition(type, "False", stalled.reason().name(), stalled.message());
        };
    }

    private Condition unreached(String type) {
        return condition(type, "Unknown", NOT_REACHED, "An earlier stage is not done.");
    }

    private Condition condition(String type, String status, String reason, String message) {
        String since = find(previous, type)
                .filter(before -> status.equals(before.status()))
                .map(Condition::lastTransitionTime)
                .orElseGet(now::toString);
        String shown = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
        return new Condition(type, status, generation, since, reason, shown);
    }
}
