package dev.ashlar.operator.kube;

import java.util.List;

/**
 * One step on the way to Ready: the type of its condition and how far it got.
 *
 * @param advisory whether it is only told of: what follows goes on all the same, and Ready does not ask for it
 */
public record Stage(String type, Outcome outcome, boolean advisory) {
    /** One that Ready asks for. */
    public Stage(String type, Outcome outcome) {
        this(type, outcome, false);
    }

    /** Whether nothing that follows may go on. */
    public boolean isInTheWay() {
        return !advisory && !(outcome instanceof Outcome.Done);
    }

    /** The outcome that Ready reports: that of the first stage that is in the way, else that of the last. */
    public static Outcome verdict(List<Stage> stages) {
        return stages.stream()
                .filter(Stage::isInTheWay)
                .findFirst()
                .or(() -> stages.stream().filter(stage -> !stage.advisory()).reduce((first, last) -> last))
                .orElseThrow()
                .outcome();
    }
}
