package dev.ashlar.operator.cluster.local;

import dev.ashlar.images.host.Folders;
import dev.ashlar.operator.cluster.machine.Cgroup;
import dev.ashlar.operator.cluster.machine.Components;
import dev.ashlar.operator.cluster.machine.HostFiles;
import dev.ashlar.operator.cluster.machine.Mount;
import dev.ashlar.operator.cluster.machine.Proc;
import dev.ashlar.operator.cluster.machine.RunningProcess;
import dev.ashlar.operator.cluster.machine.State;
import dev.ashlar.operator.cluster.machine.StateFile;
import dev.ashlar.operator.cluster.node.Layout;
import dev.ashlar.operator.cluster.node.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Ends everything that a local cluster put on this machine, also one that came up by half or lost its state file. */
final class Teardown {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Layout layout;
    private final Path ip;
    private final Cgroup cgroup = new Cgroup(Mount.all(), Cgroup.NAME);

    Teardown(Layout layout, Path ip) {
        this.layout = layout;
        this.ip = ip;
    }

    void run() throws IOException {
        State state = new StateFile(layout.state(), "").read();
        endProcesses(state);
        for (NodeId id : NodeId.firstOf(NodeId.MOST).reversed()) {
            new NodePlace(layout.node(id), ip).remove();
        }
        if (state.boot().equals(Proc.boot())) {
            HostSettings.restore(state.settings());
        }
        removeMountPoints(state.folders());
        Folders.delete(layout.root());
        removeRunFolder();
    }

    /** The components first, so that none of them starts a pod again; then the pods; then whoever did not listen. */
    private void endProcesses(State state) {
        List<RunningProcess> components = state.running();
        components.forEach(RunningProcess::terminate);
        await(() -> components.stream().noneMatch(RunningProcess::alive));
        components.forEach(RunningProcess::kill);
        cgroup.processes().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy));
        await(() -> cgroup.processes().isEmpty());
        cgroup.kill();
    }

    /** Mount points that were made for the cluster go, unless somebody put something there. */
    private static void removeMountPoints(List<String> folders) throws IOException {
        for (String folder : folders.reversed()) {
            Path path = Path.of(folder);
            if (Files.isDirectory(path) && HostFiles.isEmpty(path)) {
                Files.delete(path);
            }
        }
    }

    /** All but the lock, which this command holds. */
    private void removeRunFolder() throws IOException {
        try (var content = Files.list(layout.run())) {
            for (Path path : content.toList()) {
                if (!path.getFileName().toString().endsWith(".lock")) {
                    Folders.delete(path);
                }
            }
        }
    }

    private static void await(BooleanSupplier done) {
        Instant end = Instant.now().plus(GRACE);
        while (!done.getAsBoolean() && Instant.now().isBefore(end)) {
            Components.pause(PAUSE);
        }
    }
}
