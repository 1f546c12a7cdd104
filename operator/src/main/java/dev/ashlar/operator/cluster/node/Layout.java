package dev.ashlar.operator.cluster.node;

import java.nio.file.Path;

/**
 * Where the local cluster keeps its files.
 *
 * @param root the cluster's folder in the cache; goes with {@code ashlar cluster down}
 * @param registry what the registry holds; stays
 * @param run sockets and what only root may see; fixed and short, since a socket's path has at most 107 characters
 */
public record Layout(Path root, Path registry, Path run) {
    public static final String NODE_NAME = "ashlar";
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

    public Path config(String file) {
        return root.resolve("config").resolve(file);
    }

    public Path data(String component) {
        return root.resolve("data").resolve(component);
    }

    public Path logs() {
        return root.resolve("log");
    }

    public Path containerdSocket() {
        return run.resolve("containerd.sock");
    }

    public Path networkNamespace() {
        return Path.of("/run/netns/ashlar");
    }

    /** A mount of its own, on which the mount namespace is kept. */
    public Path mountNamespaces() {
        return run.resolve("namespaces");
    }

    public Path mountNamespace() {
        return mountNamespaces().resolve("mnt");
    }
}
