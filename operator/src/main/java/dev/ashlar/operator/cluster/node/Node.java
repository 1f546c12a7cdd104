package dev.ashlar.operator.cluster.node;

import dev.ashlar.operator.cluster.machine.Component;
import java.nio.file.Path;
import java.util.List;

/** The node's components and their flags; longer configuration is in {@link NodeConfig}. */
public final class Node {
    private final NodeLayout layout;
    private final Programs programs;
    private final NodeConfig config;

    public Node(NodeLayout layout, Programs programs, NodeConfig config) {
        this.layout = layout;
        this.programs = programs;
        this.config = config;
    }

    public Component containerd() {
        Path folder = programs.folder("containerd");
        return new Component(
                layout.component("containerd"),
                Component.Place.NODE,
                List.of(
                        folder.resolve("containerd").toString(),
                        "--config",
                        config.containerd().toString()),
                // It looks for its shim and runc by name; CNI's portmap looks for nft.
                List.of(
                        folder.toString(),
                        programs.folder("runc").toString(),
                        programs.folder("nft").toString()));
    }

    public Component kubelet() {
        return Component.onNode(
                layout.component("kubelet"),
                List.of(
                        programs.folder("kubernetes").resolve("kubelet").toString(),
                        "--config=" + config.kubelet(),
                        "--kubeconfig=" + layout.cluster().kubeconfig(layout.credential("kubelet")),
                        "--hostname-override=" + layout.id().name(),
                        "--node-ip=" + layout.id().address()));
    }

    public Component proxy() {
        return new Component(
                layout.component("proxy"),
                Component.Place.NODE,
                List.of(
                        programs.folder("kubernetes").resolve("kube-proxy").toString(),
                        "--kubeconfig=" + layout.cluster().kubeconfig("proxy"),
                        "--hostname-override=" + layout.id().name(),
                        "--proxy-mode=nftables",
                        // Traffic of this node's pods keeps its sender; all else to a Service comes back by this node.
                        "--detect-local-mode=BridgeInterface",
                        "--pod-bridge-interface=" + NodeConfig.BRIDGE,
                        "--bind-address=" + layout.id().address(),
                        "--metrics-bind-address=127.0.0.1:10249",
                        "--healthz-bind-address=127.0.0.1:10256",
                        // Connection tracking is sized for the whole machine; that is the host's affair.
                        "--conntrack-max-per-core=0"),
                List.of(programs.folder("nft").toString()));
    }
}
