package dev.ashlar.operator.cluster.local;

import dev.ashlar.operator.cluster.machine.HostCommand;
import dev.ashlar.operator.cluster.machine.Mount;
import dev.ashlar.operator.cluster.node.NodeLayout;
import dev.ashlar.operator.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The mount namespace of a node. What containerd, the CNI plugins and the kubelet mount is seen by them alone and goes
 * with it; folders that those programs have fixed names for lie in the node's own folder.
 */
final class MountNamespace {
    private final NodeLayout layout;
    private final Path file;

    MountNamespace(NodeLayout layout) {
        this.layout = layout;
        this.file = layout.mountNamespace();
    }

    boolean exists() {
        return Mount.isMounted(file);
    }

    /** Fixed folder to the folder that the node sees there. */
    private Map<Path, Path> folders() {
        var folders = new TreeMap<Path, Path>();
        for (String fixed : List.of(
                "/run/containerd",
                "/var/lib/ashlar/volumes",
                "/var/lib/cni",
                "/var/lib/kubelet",
                "/var/log/containers",
                "/var/log/pods")) {
            folders.put(Path.of(fixed), layout.data(fixed.substring(1).replace('/', '-')));
        }
        if (layout.id().isFirst()) {
            folders.put(layout.run().resolve("registry"), layout.cluster().registry());
        }
        return folders;
    }

    /** The mount points that the host lacks, parents first. */
    List<String> missingMountPoints() {
        var missing = new TreeSet<Path>();
        for (Path point : folders().keySet()) {
            for (Path folder = point; folder != null && !Files.isDirectory(folder); folder = folder.getParent()) {
                missing.add(folder);
            }
        }
        return missing.stream().map(Path::toString).toList();
    }

    void makeMountPoints() throws IOException {
        for (Path point : folders().keySet()) {
            Files.createDirectories(point);
        }
    }

    void ensure() throws IOException {
        if (exists()) {
            return;
        }
        Path holder = layout.cluster().mountNamespaces();
        Files.createDirectories(holder);
        if (!Mount.isMounted(holder)) {
            // A namespace can only be kept on a mount that does not propagate into it.
            HostCommand.run("mount", "--bind", holder.toString(), holder.toString());
            HostCommand.run("mount", "--make-private", holder.toString());
        }
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        var command = new ArrayList<>(List.of("unshare", "--mount=" + file, "--propagation", "slave", "sh", "-ec"));
        command.add("while [ $# -gt 0 ]; do mount --bind \"$1\" \"$2\"; shift 2; done");
        command.add("sh");
        for (var entry : folders().entrySet()) {
            Files.createDirectories(entry.getValue());
            command.addAll(List.of(entry.getValue().toString(), entry.getKey().toString()));
        }
        try {
            HostCommand.run(command);
        } catch (Failure incomplete) {
            remove();
            throw incomplete;
        }
    }

    /** The first node is the last to go, and takes along what the files of all are kept on. */
    void remove() throws IOException {
        unmount(file);
        Files.deleteIfExists(file);
        if (layout.id().isFirst()) {
            unmount(layout.cluster().mountNamespaces());
        }
    }

    private static void unmount(Path mount) {
        if (Mount.isMounted(mount)) {
            HostCommand.run("umount", mount.toString());
        }
    }
}
