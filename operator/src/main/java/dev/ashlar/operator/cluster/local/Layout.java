package dev.ashlar.operator.cluster.local;

import java.nio.file.Path;

/**
 * Where the local cluster keeps its files.
 *
 * @param root the cluster's folder in the cache; goes with {@code ashlar cluster down}
 * @param registry what the registry holds; stays
 * @param run sockets and what only root may see; fixed and short, since a socket's path has at most 107 characters
 */
record Layout(Path root, Path registry, Path run) {
    static final String NODE_NAME = "ashlar";
    static final Path RUN = Path.of("/run/ashlar");

    static Layout in(Path cache) {
        return new Layout(cache.resolve("cluster"), cache.resolve("registry"), RUN);
    }

    Path kubeconfig() {
        return root.resolve("kubeconfig");
    }

    Path kubeconfig(String component) {
        return pki().resolve(component + ".kubeconfig");
    }

    Path state() {
        return root.resolve("state.json");
    }

    Path pki() {
        return root.resolve("pki");
    }

    Path certificate(String name) {
        return pki().resolve(name + ".crt");
    }

    Path key(String name) {
        return pki().resolve(name + ".key");
    }

    Path config(String file) {
        return root.resolve("config").resolve(file);
    }

    Path data(String component) {
        return root.resolve("data").resolve(component);
    }

    Path log(String component) {
        return root.resolve("log").resolve(component + ".log");
    }

    Path containerdSocket() {
        return run.resolve("containerd.sock");
    }

    Path networkNamespace() {
        return Path.of("/run/netns/ashlar");
    }

    /** A mount of its own, on which the mount namespace is kept. */
    Path mountNamespaces() {
        return run.resolve("namespaces");
    }

    Path mountNamespace() {
        return mountNamespaces().resolve("mnt");
    }
}
