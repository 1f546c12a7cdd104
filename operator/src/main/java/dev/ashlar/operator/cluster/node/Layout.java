package dev.ashlar.operator.cluster.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the local cluster keeps its files.
 *
 * @param root the cluster's folder in the cache; goes with {@code ashlar cluster down}
 * @param registry what the registry holds; stays
 * @param run sockets and what only root may see; fixed and short, since a socket's path has at most 107 characters
 */
public record Layout(Path root, Path registry, Path run) {
    public static final Path RUN = Path.of("/run/ashlar");

    public static Layout in(Path cache) {
        return new Layout(cache.resolve("cluster"), cache.resolve("registry"), RUN);
    }

    public Path kubeconfig() {
        return root.resolve("kubeconfig");
    }

    public Path kubeconfig(String component) {
        return pki().resolve(component + ".kubeconfig");
    }

    public Path state() {
        return root.resolve("state.json");
    }

    public Path pki() {
        return root.resolve("pki");
    }

    public Path certificate(String name) {
        return pki().resolve(name + ".crt");
    }

    public Path key(String name) {
        return pki().resolve(name + ".key");
    }

    public Path data(String component) {
        return root.resolve("data").resolve(component);
    }

    public Path logs() {
        return root.resolve("log");
    }

    /** A mount of its own, on which the mount namespaces are kept. */
    public Path mountNamespaces() {
        return run.resolve("namespaces");
    }

    public NodeLayout node(NodeId id) {
        return new NodeLayout(this, id);
    }

    /** The nodes that the cluster has: the first, and those with a folder of their own. */
    public List<NodeId> nodes() {
        return NodeId.firstOf(NodeId.MOST).stream()
                .filter(id -> id.isFirst() || Files.isDirectory(node(id).root()))
                .toList();
    }
}
