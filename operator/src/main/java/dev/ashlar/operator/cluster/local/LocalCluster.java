package dev.ashlar.operator.cluster.local;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.operator.cluster.machine.Invoker;
import dev.ashlar.operator.cluster.machine.StateFile;
import dev.ashlar.operator.cluster.node.ImageStore;
import dev.ashlar.operator.cluster.node.Layout;
import dev.ashlar.operator.cluster.node.NodeId;
import dev.ashlar.operator.cluster.node.Programs;
import dev.ashlar.operator.terminal.Failure;
import dev.ashlar.operator.terminal.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** The local cluster as its commands see it: one at a time on a machine, whoever asks. */
public final class LocalCluster {
    private final Layout layout;
    private final Holder self;
    private final Programs programs;
    private final Progress progress;
    private final StateFile state;

    public LocalCluster(Path checkout, Path cache, Programs programs, Progress progress) {
        this.layout = Layout.in(cache);
        this.self = new Holder(checkout.toString(), cache.toString());
        this.programs = programs;
        this.progress = progress;
        this.state = new StateFile(layout.state(), self.checkout());
    }

    /** What comes onto the cluster once its node is Ready. */
    @FunctionalInterface
    public interface Installation {
        /** Installs it; {@code changed} is false when everything ran already. */
        void run(boolean changed) throws IOException;
    }

    public Path kubeconfig() {
        return layout.kubeconfig();
    }

    /** What containerd and the kubelet know an image of ours by. */
    public static String reference(BuiltImage image) {
        return ImageStore.reference(image);
    }

    /**
     * Starts or repairs what is missing, up to Ready nodes with the images, then has the rest installed.
     *
     * @param images the ones that cannot be pulled; the first is pause
     * @param count of nodes; empty leaves it as it is
     */
    public void up(List<BuiltImage> images, OptionalInt count, Installation installation) throws IOException {
        try (var lock = RangeLock.take(layout.run(), progress)) {
            new Occupancy(layout, self, ip()).take(progress);
            List<LocalNode> nodes = nodes(images, count);
            boolean started = new Startup(layout, programs, state, nodes.getFirst()).run(progress);
            List<LocalNode> added = nodes.subList(1, nodes.size());
            boolean changed = new AddedNodes(layout, state, ip(), added).run(progress);
            installation.run(started || changed);
        }
    }

    private List<LocalNode> nodes(List<BuiltImage> images, OptionalInt count) {
        int wanted = count.orElseGet(() -> layout.nodes().getLast().number());
        return NodeId.firstOf(wanted).stream()
                .map(id -> new LocalNode(layout.node(id), programs, state, images))
                .toList();
    }

    /** Takes a node away as a loss of power would; {@link #up} brings it back. */
    public void stop(String name) throws IOException {
        try (var lock = RangeLock.take(layout.run(), progress)) {
            new Occupancy(layout, self, ip()).take(progress);
            Progress.Step step = progress.start("node " + name);
            new NodePlace(layout.node(stoppable(name)), ip()).cutOff();
            step.done("is cut off; `ashlar cluster up` brings it back");
        }
    }

    private NodeId stoppable(String name) {
        return layout.nodes().stream()
                .filter(id -> !id.isFirst() && id.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Failure(
                        "there is no node %s beside the control plane's to stop: see `ashlar cluster status`, or add one by `make up NODES=2`"
                                .formatted(name)));
    }

    /** What the objects were made from that were applied last; empty on a new cluster. */
    public String applied() {
        return state.read().applied();
    }

    public void applied(String fingerprint) {
        state.update(current -> current.withApplied(fingerprint));
    }

    /** Ends and removes everything but what the registry holds. */
    public void down() throws IOException {
        try (var lock = RangeLock.take(layout.run(), progress)) {
            Progress.Step step = progress.start("local cluster");
            new Occupancy(layout, self, ip()).take(progress);
            new Teardown(layout, ip()).run();
            step.done("down; the registry's content stays in " + layout.registry());
        }
    }

    private Path ip() {
        return programs.folder("nft").resolve("ip");
    }

    /** Asked before anything is built, which may take minutes. */
    public static void requireRoot() {
        if (!Invoker.isRoot()) {
            throw new Failure("the local cluster needs root for namespaces, mounts and control groups: sudo make up");
        }
    }
}
