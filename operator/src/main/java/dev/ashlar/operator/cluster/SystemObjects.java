package dev.ashlar.operator.cluster;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.host.Folders;
import dev.ashlar.operator.cluster.machine.Invoker;
import dev.ashlar.operator.deploy.BootstrapRegistry;
import dev.ashlar.operator.deploy.Kubectl;
import dev.ashlar.operator.deploy.Overlay;
import dev.ashlar.operator.rollout.RolloutKind;
import dev.ashlar.operator.rollout.Rollouts;
import dev.ashlar.operator.rollout.Target;
import dev.ashlar.operator.terminal.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts on a cluster of any kind what all else is pulled through and found by: the registry, its forwarder, on the local one DNS. */
final class SystemObjects {
    static final List<Target> REGISTRY = List.of(
            new Target(RolloutKind.DEPLOYMENT, RegistrySecrets.NAMESPACE, "registry"),
            new Target(RolloutKind.DAEMON_SET, RegistrySecrets.NAMESPACE, "registry-forwarder"));
    static final Target DNS = new Target(RolloutKind.DEPLOYMENT, "kube-system", "coredns");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KubernetesClient client;
    private final Kubectl kubectl;
    private final Overlay overlay;
    private final Progress progress;

    SystemObjects(KubernetesClient client, Kubectl kubectl, Overlay overlay, Progress progress) {
        this.client = client;
        this.kubectl = kubectl;
        this.overlay = overlay;
        this.progress = progress;
    }

    void apply(List<BuiltImage> images, Optional<BootstrapRegistry> bootstrap) throws IOException {
        Progress.Step step = progress.start("registry and its secrets");
        new RegistrySecrets(client, Clock.systemUTC()).ensure();
        Path pinned = overlay.pin(digests(images), bootstrap);
        // Under sudo the folder must stay the user's, who runs `make deploy` next.
        Path target = overlay.checkout().root().resolve("target");
        for (Path path : Folders.below(target.resolve("deploy"))) {
            Invoker.own(path);
        }
        Invoker.own(target.resolve("deploy"));
        kubectl.apply(pinned);
        step.done("applied");
    }

    void await(List<Target> targets) {
        new Rollouts(client, progress, PATIENCE).await(targets);
    }

    /** Changes when there is something else to apply. */
    static String fingerprint(Overlay overlay, List<BuiltImage> images) throws IOException {
        Path overlays = overlay.checkout().root().resolve("overlays");
        return Folders.hash(overlays.resolve("base/registry"), file -> true)
                + Folders.hash(overlay.folder(), file -> true)
                + digests(images);
    }

    private static SortedMap<String, String> digests(List<BuiltImage> images) {
        var digests = new TreeMap<String, String>();
        images.forEach(image -> digests.put(image.name(), image.digest()));
        return digests;
    }
}
