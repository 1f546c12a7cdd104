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
import dev.ashlar.operator.terminal.Failure;
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
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Layout layout;
    private final Path ip;
    private final Cgroup cgroup = new Cgroup(Mount.all());

    Teardown(Layout layout, Path ip) {
        this.layout = layout;
        this.ip = ip;
    }

    void run() throws IOException {
        State state = new StateFile(layout.state(), "").read();
        endProcesses(state);
        new MountNamespace(layout).remove();
        new Network(layout.networkNamespace(), ip).remove();
        if (state.boot().equals(Proc.boot())) {
            HostSettings.restore(state.settings());
        }
        if (!await(LIMIT, () -> removed(cgroup))) {
            throw new Failure(
                    "the control group %s is still in use; run `ashlar cluster down` again".formatted(Cgroup.NAME));
        }
        removeMountPoints(state.folders());
        Folders.delete(layout.root());
        removeRunFolder();
    }

    /** The components first, so that none of them starts a pod again; then the pods; then whoever did not listen. */
    private void endProcesses(State state) {
        List<RunningProcess> components = state.running();
        components.forEach(RunningProcess::terminate);
        await(GRACE, () -> components.stream().noneMatch(RunningProcess::alive));
        components.forEach(RunningProcess::kill);
        cgroup.processes().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy));
        await(GRACE, () -> cgroup.processes().isEmpty());
        if (!cgroup.kill(LIMIT)) {
            throw new Failure("the processes %s of the cluster do not end; run `ashlar cluster down` again"
                    .formatted(cgroup.processes()));
        }
    }

    private static boolean removed(Cgroup cgroup) {
        try {
            cgroup.remove();
            return true;
        } catch (IOException e) {
            // The kernel lets go of an ended process's group a moment later.
            return false;
        }
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

    private static boolean await(Duration limit, BooleanSupplier done) {
        Instant end = Instant.now().plus(limit);
        while (!done.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            Components.pause(PAUSE);
        }
        return true;
    }
}
