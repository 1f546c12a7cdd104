package dev.ashlar.operator.cluster.local;

import dev.ashlar.operator.cluster.machine.Cgroup;
import dev.ashlar.operator.cluster.machine.Launcher;
import dev.ashlar.operator.cluster.machine.Mount;
import dev.ashlar.operator.cluster.node.NodeLayout;
import java.io.IOException;
import java.nio.file.Path;

/** Where a node runs on this machine: a network and a mount namespace, and a control group that holds all its processes. */
final class NodePlace {
    private final NodeLayout layout;
    private final Network network;
    private final MountNamespace mounts;
    private final Cgroup cgroup;

    NodePlace(NodeLayout layout, Path ip) {
        this.layout = layout;
        this.network = new Network(layout, ip);
        this.mounts = new MountNamespace(layout);
        this.cgroup = new Cgroup(Mount.all(), layout.cgroup());
    }

    Network network() {
        return network;
    }

    MountNamespace mounts() {
        return mounts;
    }

    Launcher launcher() {
        return new Launcher(layout.cluster().logs(), layout.networkNamespace(), layout.mountNamespace(), cgroup);
    }

    boolean exists() {
        return network.exists() && mounts.exists();
    }

    void ensure() throws IOException {
        cgroup.create();
        network.ensure();
        mounts.ensure();
    }

    /** What runs in namespaces that are no longer there, or no longer whole, leads nowhere, and pods do so for good. */
    void endWhatIsCutOff() {
        if (!exists()) {
            cgroup.kill();
        }
    }

    /** As when a machine loses its power: nothing says goodbye, and nothing answers any more. */
    void cutOff() throws IOException {
        cgroup.kill();
        network.remove();
    }

    void remove() throws IOException {
        cutOff();
        mounts.remove();
        cgroup.remove();
    }
}
