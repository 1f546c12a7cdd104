package dev.ashlar.operator.deploy;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.images.TreeList;
import dev.ashlar.images.proof.KnownImages;
import dev.ashlar.operator.connection.ClusterRegistry;
import dev.ashlar.operator.connection.DeployedImages;
import dev.ashlar.operator.rollout.Rollouts;
import dev.ashlar.operator.rollout.Target;
import dev.ashlar.operator.terminal.Failure;
import dev.ashlar.operator.terminal.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Brings one overlay into the cluster: registry, images, objects, in this order, each waited for. */
final class Deployer {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final KubernetesClient client;
    private final Kubectl kubectl;
    private final Images images;
    private final Progress progress;
    private final Rollouts rollouts;

    Deployer(KubernetesClient client, Kubectl kubectl, Images images, Progress progress) {
        this.client = client;
        this.kubectl = kubectl;
        this.images = images;
        this.progress = progress;
        this.rollouts = new Rollouts(client, progress, PATIENCE);
    }

    /** Returns what runs now. */
    List<Target> deploy(Overlay overlay) {
        SortedMap<String, BuiltImage> built =
                build(Manifests.parse(kubectl.kustomize(overlay.folder())).images(), overlay);
        var digests = new TreeMap<String, String>();
        built.forEach((name, image) -> digests.put(name, image.digest()));
        Optional<BootstrapRegistry> bootstrap = BootstrapRegistry.of(System.getenv(), client);
        Path pinned = overlay.pin(digests, bootstrap);
        Manifests manifests = Manifests.parse(kubectl.kustomize(pinned));
        Manifests first = manifests.beforeTheRegistry();
        if (!first.objects().isEmpty()) {
            bootstrap.ifPresent(registry -> pushFirst(built, registry));
            kubectl.applyText(first.yaml());
            rollouts.await(first.targets());
        }
        push(built);
        known();
        Progress.Step step = progress.start("overlay " + overlay.name());
        kubectl.apply(pinned);
        step.done("%d objects applied".formatted(manifests.objects().size()));
        rollouts.await(manifests.targets().stream()
                .filter(target -> !first.targets().contains(target))
                .toList());
        return manifests.targets();
    }

    /** Teaches the cluster Site and Service, which every overlay is written in. */
    void kinds(Checkout checkout) {
        Progress.Step step = progress.start("kinds Site and Service");
        kubectl.applyKinds(checkout.root().resolve("crds"));
        step.done("served");
    }

    private SortedMap<String, BuiltImage> build(SortedSet<String> names, Overlay overlay) {
        Progress.Step step = progress.start("images of overlay " + overlay.name());
        var built = new TreeMap<String, BuiltImage>();
        for (String name : names) {
            if (!images.names().contains(name)) {
                throw new Failure(
                        "%s names the image %s, and images/ has no folder of that name; add it or correct the overlay"
                                .formatted(overlay.folder(), name));
            }
            built.put(name, images.isBuilt(name) ? images.image(name) : make(name));
        }
        step.done("%d built and checked".formatted(built.size()));
        return built;
    }

    /** The first time, which may take minutes. */
    private BuiltImage make(String name) {
        Progress.Step step = progress.start("image " + name);
        step.update("is being built");
        BuiltImage image = images.image(name);
        step.done("built");
        return image;
    }

    /** Before the objects: the operator judges by this list what it then runs. */
    private void known() {
        Progress.Step step = progress.start("list of known images");
        KnownImages known = TreeList.of(images);
        DeployedImages.add(client, known);
        step.done("%d of this tree".formatted(known.images().size()));
    }

    private void pushFirst(SortedMap<String, BuiltImage> built, BootstrapRegistry bootstrap) {
        built.values().stream()
                .filter(image -> BootstrapRegistry.IMAGES.contains(image.name()))
                .forEach(image -> bootstrap.push(image, progress));
    }

    private void push(SortedMap<String, BuiltImage> built) {
        if (built.isEmpty()) {
            return;
        }
        try (ClusterRegistry registry = ClusterRegistry.open(client)) {
            built.forEach((name, image) -> {
                Progress.Step step = progress.start("image " + name);
                long sent = registry.push(image);
                step.done(sent == 0 ? "is in the registry" : "%.1f MiB pushed".formatted(sent / 1048576.0));
            });
        } catch (IOException closing) {
            throw new Failure(
                    "the forward to the registry broke (%s); run the command again".formatted(closing.getMessage()),
                    closing);
        }
    }
}
