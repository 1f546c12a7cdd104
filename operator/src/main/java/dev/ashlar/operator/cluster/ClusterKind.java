package dev.ashlar.operator.cluster;

import dev.ashlar.operator.terminal.Failure;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Where sites are to run; the kind is chosen once for each command. */
sealed interface ClusterKind {
    /** One that is there already and is left as it is but for what Ashlar needs on it. */
    record Existing(Path kubeconfig) implements ClusterKind {}

    /** K3s in a container, where a Docker daemon answers. */
    record K3d() implements ClusterKind {}

    /** Kubernetes on this machine itself. */
    record Local() implements ClusterKind {}

    static ClusterKind ofEnvironment() {
        return choose(System.getenv(), Docker::answers);
    }

    static ClusterKind choose(Map<String, String> environment, BooleanSupplier dockerAnswers) {
        String wish = environment.getOrDefault("CLUSTER", "");
        return switch (wish) {
            case "existing" -> existing(environment);
            case "k3d" -> new K3d();
            case "local" -> new Local();
            case "" -> dockerAnswers.getAsBoolean() ? new K3d() : new Local();
            default ->
                throw new Failure("CLUSTER is %s; set it to existing, k3d or local, or leave it out".formatted(wish));
        };
    }

    private static Existing existing(Map<String, String> environment) {
        String kubeconfig = environment.getOrDefault("KUBECONFIG", "");
        if (kubeconfig.isBlank()) {
            throw new Failure("CLUSTER is existing, but KUBECONFIG is not set: set it to the cluster's file");
        }
        return new Existing(Path.of(kubeconfig));
    }
}
