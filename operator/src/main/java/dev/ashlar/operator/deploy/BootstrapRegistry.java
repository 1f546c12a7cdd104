package dev.ashlar.operator.deploy;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.Delivery;
import dev.ashlar.images.registry.Reference;
import dev.ashlar.images.registry.Registries;
import dev.ashlar.images.registry.Registry;
import dev.ashlar.operator.kube.NamedImage;
import dev.ashlar.operator.terminal.Failure;
import dev.ashlar.operator.terminal.Progress;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the nodes of a managed cluster get the images that they cannot pull through the cluster's registry, since these are the
 * registry. A node that joins later needs them too, so that the cluster itself remembers the place: its registry runs from there.
 *
 * @param place {@code HOST/PATH}, which nodes read without a login
 */
public record BootstrapRegistry(String place) {
    /** The images that every other one is pulled through. */
    public static final List<String> IMAGES = List.of("registry", "registry-forwarder");

    /** The one that BOOTSTRAP_REGISTRY names, else the one in use; empty where the nodes were handed the images. */
    public static Optional<BootstrapRegistry> of(Map<String, String> environment, KubernetesClient client) {
        if (!"existing".equals(environment.get("CLUSTER"))) {
            return Optional.empty();
        }
        String given = environment.getOrDefault("BOOTSTRAP_REGISTRY", "").replaceFirst("/+$", "");
        return given.isEmpty() ? inUse(client) : Optional.of(checked(given));
    }

    private static BootstrapRegistry checked(String given) {
        Reference registry = Reference.parse(given + "/registry");
        if (registry.host().isEmpty()) {
            throw new Failure(
                    "BOOTSTRAP_REGISTRY is %s, which names no host; write HOST/PATH, like registry.example.org/ashlar"
                            .formatted(given));
        }
        return new BootstrapRegistry(given);
    }

    private static Optional<BootstrapRegistry> inUse(KubernetesClient client) {
        Deployment registry = client.apps()
                .deployments()
                .inNamespace("ashlar-system")
                .withName("registry")
                .get();
        return Optional.ofNullable(registry)
                .flatMap(deployment -> of(deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getImage()));
    }

    /** The place that an image of the running registry was pulled from, empty when that is the node's own store. */
    static Optional<BootstrapRegistry> of(String image) {
        return image.startsWith(NamedImage.REGISTRY) || !image.contains("/registry")
                ? Optional.empty()
                : Optional.of(new BootstrapRegistry(image.substring(0, image.lastIndexOf("/registry"))));
    }

    /** Pushes the image, with the login that docker's config file has for the host; nothing is sent twice. */
    public void push(BuiltImage image, Progress progress) {
        Progress.Step step = progress.start("image " + image.name());
        try (Registry registry = Registries.open(Reference.parse(place + "/" + image.name()))) {
            long sent = Delivery.push(image, registry);
            step.done(sent == 0 ? "is in " + place : "%.1f MiB pushed to %s".formatted(sent / 1048576.0, place));
        }
    }
}
