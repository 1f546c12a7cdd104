package dev.ashlar.operator.kube;

import java.util.List;
import java.util.Set;

/**
 * One step on the way to Ready: the type of its condition and how far it got.
 *
 * @param advisory whether it is only told of: what follows goes on all the same, and Ready does not ask for it
 */
public record Stage(String type, Outcome outcome, boolean advisory) {
    /** The images keep the rules. */
    public static final String PROVEN = "Proven";
    /** What is asked for is in place. */
    public static final String APPLIED = "Applied";
    /** Steps before the pods of a workload. */
    public static final String PREPARED = "Prepared";
    /** Pods that go on. */
    public static final String AVAILABLE = "Available";
    /** The gateway knows where requests go. */
    public static final String ROUTED = "Routed";
    /** The gateway has the certificates. */
    public static final String CERTIFIED = "CertificateReady";
    /** The front page answers. */
    public static final String REACHABLE = "Reachable";
    /** Pods that end by themselves. */
    public static final String SUCCEEDED = "Succeeded";

    /** The stages that tell how what was asked for runs. */
    public static final Set<String> RUNS = Set.of(PREPARED, AVAILABLE, SUCCEEDED);

    /** One that Ready asks for. */
    public Stage(String type, Outcome outcome) {
        this(type, outcome, false);
    }

    /** Whether what runs was given up. */
    public static boolean isFailed(List<Stage> stages) {
        return stages.stream()
                .filter(Stage::isInTheWay)
                .findFirst()
                .filter(stage -> RUNS.contains(stage.type()) && stage.outcome() instanceof Outcome.Stalled)
                .isPresent();
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
