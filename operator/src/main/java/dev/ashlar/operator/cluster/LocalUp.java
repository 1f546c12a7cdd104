package dev.ashlar.operator.cluster;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.operator.cluster.local.LocalCluster;
import dev.ashlar.operator.deploy.Kubectl;
import dev.ashlar.operator.deploy.Overlay;
import dev.ashlar.operator.rollout.Target;
import dev.ashlar.operator.terminal.Progress;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The local cluster with everything on it that Ashlar needs. */
final class LocalUp {
    private static final String OVERLAY = "dev/infra";
    // The runtime cannot pull these: they are what it pulls through, and what comes before that.
    private static final List<String> FIRST = List.of("pause", "coredns", "registry", "registry-forwarder");

    private final Checkout checkout;
    private final Images images;
    private final Progress progress;
    private final LocalCluster cluster;
    private final Map<String, Path> programs = new HashMap<>();

    LocalUp(Checkout checkout, Images images, Progress progress) {
        this.checkout = checkout;
        this.images = images;
        this.progress = progress;
        this.cluster = new LocalCluster(checkout.root(), checkout.cache(), this::programs, progress);
    }

    LocalCluster cluster() {
        return cluster;
    }

    void up() throws IOException {
        List<BuiltImage> first = FIRST.stream().map(images::image).toList();
        cluster.up(first.getFirst(), first);
        var kubectl = new Kubectl(
                programs("kubernetes").resolve("kubectl"), cluster.kubeconfig().toString());
        try (KubernetesClient client = connect()) {
            var objects = new SystemObjects(client, kubectl, Overlay.of(checkout, OVERLAY), progress);
            String fingerprint = objects.fingerprint(first);
            if (!cluster.applied().equals(fingerprint)) {
                objects.apply(first);
                cluster.applied(fingerprint);
            }
            objects.await(targets());
        }
    }

    private static List<Target> targets() {
        var targets = new ArrayList<>(List.of(SystemObjects.DNS));
        targets.addAll(SystemObjects.REGISTRY);
        return targets;
    }

    /** Looked up once, since the cache checks an entry each time. */
    private Path programs(String name) {
        String development = System.getenv("ASHLAR_PROGRAMS");
        if (development != null) {
            return Path.of(development);
        }
        return programs.computeIfAbsent(name, images::programs);
    }

    private KubernetesClient connect() throws IOException {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(cluster.kubeconfig())))
                .build();
    }
}
