package dev.ashlar.operator.cluster.local;

import dev.ashlar.operator.cluster.machine.State;
import dev.ashlar.operator.cluster.machine.StateFile;
import dev.ashlar.operator.cluster.node.Addresses;
import dev.ashlar.operator.cluster.node.Layout;
import dev.ashlar.operator.terminal.Failure;
import dev.ashlar.operator.terminal.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides whether this checkout may have the range of addresses, and clears away what an ended holder left. */
final class Occupancy {
    private final Layout layout;
    private final Holder self;
    private final Path ip;

    Occupancy(Layout layout, Holder self, Path ip) {
        this.layout = layout;
        this.self = self;
        this.ip = ip;
    }

    void take(Progress progress) throws IOException {
        Optional<Holder> other = other();
        if (other.isPresent()) {
            Holder holder = other.get();
            Layout theirs = Layout.in(Path.of(holder.cache()));
            refuseWhileAlive(holder, theirs);
            Progress.Step step = progress.start("what was left behind");
            step.update("%s has a local cluster that no longer runs".formatted(holder.checkout()));
            new Teardown(theirs, ip).run();
            step.done("removed the ended cluster of " + holder.checkout());
        }
        self.write(layout.run());
    }

    /** After a reboot only the cluster's folder tells whose it was. */
    private Optional<Holder> other() {
        State left = new StateFile(layout.state(), self.checkout()).read();
        return Stream.concat(Holder.read(layout.run()).stream(), Stream.of(new Holder(left.checkout(), self.cache())))
                .filter(holder -> !holder.equals(self))
                .findFirst();
    }

    private static void refuseWhileAlive(Holder holder, Layout theirs) {
        State left = new StateFile(theirs.state(), holder.checkout()).read();
        if (!left.running().isEmpty()) {
            throw new Failure(
                    "the local cluster of %1$s has %2$s on this machine: end it with `make -C %1$s down`, or use it with `CLUSTER=existing KUBECONFIG=%3$s`"
                            .formatted(holder.checkout(), Addresses.RANGE, theirs.kubeconfig()));
        }
    }
}
