package dev.ashlar.operator.cluster;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.operator.cluster.local.LocalCluster;
import dev.ashlar.operator.cluster.node.NodeId;
import dev.ashlar.operator.connection.ClusterRegistry;
import dev.ashlar.operator.connection.Connection;
import dev.ashlar.operator.deploy.BootstrapRegistry;
import dev.ashlar.operator.deploy.Kubectl;
import dev.ashlar.operator.deploy.Overlay;
import dev.ashlar.operator.terminal.Failure;
import dev.ashlar.operator.terminal.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings the cluster up or repairs it, and puts the registry on it. */
@Command(name = "up", description = "Brings the cluster up, or repairs it.")
final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--nodes",
            paramLabel = "N",
            description =
                    "How many nodes the local cluster is to have, 1 to 5; without it as many as it has, at first one.")
    private @Nullable Integer nodes;

    @Override
    public Integer call() throws IOException {
        ClusterKind kind = ClusterKind.ofEnvironment();
        OptionalInt count = count(kind, nodes);
        Checkout checkout = Checkout.find();
        var up = new Up(checkout, Images.open(checkout), Progress.onStderr());
        switch (kind) {
            case ClusterKind.Local local -> up.local(count);
            case ClusterKind.K3d k3d -> up.k3d();
            case ClusterKind.Existing existing -> up.existing(existing);
        }
        return 0;
    }

    static OptionalInt count(ClusterKind kind, @Nullable Integer nodes) {
        if (nodes == null) {
            return OptionalInt.empty();
        }
        if (!(kind instanceof ClusterKind.Local)) {
            throw new Failure("only the local cluster takes a number of nodes: leave NODES (--nodes) out");
        }
        if (nodes < 1 || nodes > NodeId.MOST) {
            throw new Failure(
                    "a local cluster has 1 to %d nodes, not %d: correct NODES (--nodes)".formatted(NodeId.MOST, nodes));
        }
        return OptionalInt.of(nodes);
    }

    /** The steps for each kind of cluster. */
    private record Up(Checkout checkout, Images images, Progress progress) {
        void local(OptionalInt nodes) throws IOException {
            LocalCluster cluster = Clusters.local(checkout, images, progress);
            List<BuiltImage> first = built("pause", "coredns");
            cluster.up(first, nodes, changed -> install(cluster, first, changed));
        }

        private void install(LocalCluster cluster, List<BuiltImage> first, boolean changed) throws IOException {
            Kubectl kubectl = kubectl(cluster.kubeconfig());
            Overlay overlay = Overlay.of(checkout, "dev/infra");
            String fingerprint = SystemObjects.fingerprint(overlay, first);
            if (!changed && cluster.applied().equals(fingerprint) && kubectl.answers()) {
                progress.start("local cluster").done("runs; nothing to do");
                return;
            }
            try (KubernetesClient client = Connection.open(cluster.kubeconfig())) {
                var objects = new SystemObjects(client, kubectl, overlay, progress);
                if (!cluster.applied().equals(fingerprint)) {
                    objects.apply(first, Optional.empty());
                    cluster.applied(fingerprint);
                }
                objects.await(Stream.concat(Stream.of(SystemObjects.DNS), SystemObjects.REGISTRY.stream())
                        .toList());
            }
            Progress.Step step = progress.start("registry");
            LoopbackRegistry.await();
            step.done("answers at localhost:5000");
        }

        void k3d() throws IOException {
            var k3d = new K3dUp(checkout, progress);
            List<BuiltImage> first = built();
            k3d.up(first);
            try (KubernetesClient client = Connection.open(k3d.kubeconfig())) {
                install(objects(client, k3d.kubeconfig(), "base/registry"), first, Optional.empty());
            }
        }

        void existing(ClusterKind.Existing kind) throws IOException {
            try (KubernetesClient client = Connection.open(kind.kubeconfig())) {
                Optional<BootstrapRegistry> bootstrap = BootstrapRegistry.of(System.getenv(), client);
                if (bootstrap.isPresent()) {
                    List<BuiltImage> first = built();
                    first.forEach(image -> bootstrap.get().push(image, progress));
                    install(objects(client, kind.kubeconfig(), "base/registry"), first, bootstrap);
                } else if (ClusterRegistry.isReady(client)) {
                    progress.start("existing cluster").done("its registry is ready; nothing to do");
                } else {
                    throw new Failure(
                            "the cluster of %s has no registry of Ashlar's that is ready: set BOOTSTRAP_REGISTRY=HOST/PATH to one that its nodes can pull from without a login"
                                    .formatted(kind.kubeconfig()));
                }
            }
        }

        private static void install(
                SystemObjects objects, List<BuiltImage> images, Optional<BootstrapRegistry> bootstrap)
                throws IOException {
            objects.apply(images, bootstrap);
            objects.await(SystemObjects.REGISTRY);
        }

        private List<BuiltImage> built(String... more) {
            return Stream.concat(Stream.of(more), BootstrapRegistry.IMAGES.stream())
                    .map(images::image)
                    .toList();
        }

        private SystemObjects objects(KubernetesClient client, Path kubeconfig, String overlay) {
            return new SystemObjects(client, kubectl(kubeconfig), Overlay.of(checkout, overlay), progress);
        }

        private Kubectl kubectl(Path kubeconfig) {
            return new Kubectl(images.programs("kubernetes").resolve("kubectl"), kubeconfig.toString());
        }
    }
}
