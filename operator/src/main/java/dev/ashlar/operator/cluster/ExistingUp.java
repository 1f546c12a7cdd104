package dev.ashlar.operator.cluster;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.Delivery;
import dev.ashlar.images.registry.Registry;
import dev.ashlar.images.registry.RegistryTarget;
import dev.ashlar.images.registry.RegistryTarget.Login;
import dev.ashlar.operator.connection.ClusterRegistry;
import dev.ashlar.operator.terminal.Failure;
import dev.ashlar.operator.terminal.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A cluster that somebody else keeps: only the registry comes onto it, from a registry that its nodes can reach. */
final class ExistingUp {
    private final ClusterKind.Existing kind;
    private final Map<String, String> environment;
    private final Progress progress;

    ExistingUp(ClusterKind.Existing kind, Map<String, String> environment, Progress progress) {
        this.kind = kind;
        this.environment = environment;
        this.progress = progress;
    }

    /** True when the registry is to be applied, its images being where the nodes find them. */
    boolean bootstrap(KubernetesClient client, List<BuiltImage> images) {
        if (kind.bootstrapRegistry().isPresent()) {
            images.forEach(image -> push(kind.bootstrapRegistry().get(), image));
            return true;
        }
        if (ClusterRegistry.isReady(client)) {
            return false;
        }
        throw new Failure(
                "the cluster of %s has no registry of Ashlar's yet: set BOOTSTRAP_REGISTRY=host/path to one that its nodes can pull from"
                        .formatted(kind.kubeconfig()));
    }

    private void push(String registry, BuiltImage image) {
        String[] parts = registry.split("/", 2);
        String folder = parts.length == 2 ? parts[1] + "/" : "";
        Progress.Step step = progress.start("image " + image.name());
        RegistryTarget target =
                new RegistryTarget(URI.create("https://" + parts[0]), trust(), login(), folder + image.name());
        long sent;
        try (Registry to = new Registry(target)) {
            sent = Delivery.push(image, to);
        }
        step.done("%.1f MB pushed to %s".formatted(sent / 1e6, registry));
    }

    private Optional<Login> login() {
        return Optional.ofNullable(environment.get("BOOTSTRAP_USER"))
                .map(user -> new Login(user, environment.getOrDefault("BOOTSTRAP_PASSWORD", "")));
    }

    private static SSLContext trust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
