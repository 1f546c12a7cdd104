package dev.ashlar.operator.cluster.node;

import dev.ashlar.operator.cluster.machine.Cgroup;
import java.nio.file.Path;

/** Where one node keeps its files, and what its things are called. The first node's lie where the cluster's do. */
public record NodeLayout(Layout cluster, NodeId id) {
    /** Where `ip netns` keeps them. */
    public static final Path NETWORK_NAMESPACES = Path.of("/run/netns");

    /** Goes with the node. */
    public Path root() {
        return id.isFirst() ? cluster.root() : cluster.root().resolve("nodes").resolve(id.name());
    }

    public Path run() {
        return id.isFirst() ? cluster.run() : cluster.run().resolve(id.name());
    }

    public Path config(String file) {
        return root().resolve("config").resolve(file);
    }

    public Path data(String component) {
        return root().resolve("data").resolve(component);
    }

    public Path containerdSocket() {
        return run().resolve("containerd.sock");
    }

    public Path networkNamespace() {
        return NETWORK_NAMESPACES.resolve(id.name());
    }

    public Path mountNamespace() {
        return cluster.mountNamespaces().resolve(id.isFirst() ? "mnt" : id.name());
    }

    /** Below the cluster's own, which is the first node's too. */
    public String cgroup() {
        return id.isFirst() ? Cgroup.NAME : Cgroup.NAME + "/" + id.name();
    }

    /** The name of a component of this node: {@code kubelet}, {@code ashlar-2/kubelet}. */
    public String component(String program) {
        return id.isFirst() ? program : id.name() + "/" + program;
    }

    /** The name of a credential of this node: {@code kubelet}, {@code kubelet-ashlar-2}. */
    public String credential(String program) {
        return id.isFirst() ? program : program + "-" + id.name();
    }
}
