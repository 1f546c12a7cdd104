package dev.ashlar.operator.kube;

import java.util.List;

/** One step on the way to Ready: the type of its condition and how far it got. */
public record Stage(String type, Outcome outcome) {

    /** The outcome that Ready reports: that of the first stage that is not done, else that of the last. */
    public static Outcome verdict(List<Stage> stages) {
        return stages.stream()
                .map(Stage::outcome)
                .filter(outcome -> !(outcome instanceof Outcome.Done))
                .findFirst()
                .orElseGet(() -> stages.getLast().outcome());
    }
}
