package dev.ashlar.operator.cluster.local;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.operator.cluster.machine.Invoker;
import dev.ashlar.operator.cluster.machine.StateFile;
import dev.ashlar.operator.cluster.node.ImageStore;
import dev.ashlar.operator.cluster.node.Layout;
import dev.ashlar.operator.cluster.node.Programs;
import dev.ashlar.operator.terminal.Failure;
import dev.ashlar.operator.terminal.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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
     * Starts or repairs what is missing, up to a Ready node with the images, then has the rest installed.
     *
     * @param images the ones that cannot be pulled; the first is pause
     */
    public void up(List<BuiltImage> images, Installation installation) throws IOException {
        try (var lock = RangeLock.take(layout.run(), progress)) {
            new Occupancy(layout, self, ip()).take(progress);
            installation.run(new Startup(layout, programs, state, images).run(progress));
        }
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
