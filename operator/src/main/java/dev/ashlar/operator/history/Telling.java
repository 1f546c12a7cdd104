package dev.ashlar.operator.history;

import dev.ashlar.crds.HistoryEntry;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Stage;
import java.util.ArrayList;
import java.util.List;

/** Says in the conditions when what runs is not what the spec asks for. */
record Telling(Course<?> course) {
    private static final String HELD_BACK = "HeldBack";

    List<Stage> told(List<Stage> stages) {
        return switch (course.decision()) {
            case Decision.Current(HistoryEntry entry) -> current(entry, stages);
            case Decision.Held(HistoryEntry entry) -> held(entry, stages);
            // What cannot go back, as a run that ended, says best itself why it failed.
            case Decision.Back back when !back.whole() && course.partly().isEmpty() -> stages;
            case Decision.Back back ->
                withLast(stages, back(back, stages.getLast().outcome()));
            case Decision.Refused(Outcome why, var goesOn) -> withApplied(stages, why);
            case Decision.Anew anew -> stages;
            case Decision.Unrecorded unrecorded -> stages;
        };
    }

    /** A first revision that fails has nothing to go back to. */
    private List<Stage> current(HistoryEntry entry, List<Stage> stages) {
        boolean alone = entry.verdict() != HistoryEntry.Verdict.RUNNING
                && course.ledger().good(entry.number()).isEmpty();
        return alone && Stage.isFailed(stages) && stages.getLast().outcome() instanceof Outcome.Stalled stalled
                ? withLast(
                        stages,
                        new Outcome.Stalled(
                                stalled.reason(),
                                stalled.message()
                                        + " No earlier revision answered, so that there is nothing to go back to and Kubernetes goes on trying."))
                : stages;
    }

    private List<Stage> held(HistoryEntry entry, List<Stage> stages) {
        String secrets = course.usesSecrets()
                ? " The values of Secrets and what is on volumes are not those of then."
                : " What is on volumes is not as it was then.";
        var message =
                "Revision %d runs instead of the spec, since spec.rollbackTo names it; remove the field to run the spec: `ashlar rollback %s --end -n %s`.%s"
                        .formatted(
                                entry.number(),
                                course.owner().getMetadata().getName(),
                                course.owner().getMetadata().getNamespace(),
                                secrets);
        List<Stage> told = new ArrayList<>(stages);
        told.addFirst(new Stage(HELD_BACK, new Outcome.Done(message)));
        return told;
    }

    private Outcome back(Decision.Back back, Outcome now) {
        String message = "Revision %d failed: %s %s; correct the spec, or try it again: %s.%s"
                .formatted(
                        back.failed().number(),
                        sentence(back.failed()),
                        where(back),
                        course.command(back.failed()),
                        now instanceof Outcome.Done ? "" : " Now: " + now.message());
        return new Outcome.Stalled(HistoryReason.RevisionFailed, message);
    }

    private static String sentence(HistoryEntry failed) {
        String message = failed.message() == null ? "it did not answer in its time" : failed.message();
        return message.endsWith(".") || message.endsWith("…") ? message : message + ".";
    }

    private String where(Decision.Back back) {
        return course.partly()
                .filter(alone ->
                        !alone.services().equals(back.failed().digests().keySet()))
                .map(alone -> "Service %s is as in revision %d again, all else as in revision %d"
                        .formatted(
                                String.join(", ", alone.services()),
                                back.good().number(),
                                back.failed().number()))
                .orElseGet(() -> "Revision %d runs again".formatted(back.good().number()));
    }

    /** In the place of whether it is in place. */
    private static List<Stage> withApplied(List<Stage> stages, Outcome outcome) {
        return stages.stream()
                .map(stage -> stage.type().equals(Stage.APPLIED) ? new Stage(Stage.APPLIED, outcome) : stage)
                .toList();
    }

    /** Where it does not get as far as to run, that speaks. */
    private static List<Stage> withLast(List<Stage> stages, Outcome outcome) {
        if (!Stage.RUNS.contains(stages.getLast().type())) {
            return stages;
        }
        List<Stage> told = new ArrayList<>(stages);
        told.set(told.size() - 1, new Stage(stages.getLast().type(), outcome));
        return told;
    }
}
