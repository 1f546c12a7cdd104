package dev.ashlar.operator.cluster.machine;

import dev.ashlar.operator.terminal.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A control group that holds every process of a node: the components in {@code system}, the pods in {@code kubepods}. The one
 * named {@link #NAME} is the first node's and holds those of the others, so it is the whole cluster's too. It exists in each
 * hierarchy of cgroup v1, in the one of v2, or in both.
 */
public final class Cgroup {
    public static final String NAME = "ashlar";
    private static final String SYSTEM = "system";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final String name;
    private final List<Path> hierarchies;

    /** @param name as in {@code ashlar/ashlar-2} */
    public Cgroup(List<Mount> mounts, String name) {
        this.name = name;
        hierarchies = mounts.stream()
                .filter(mount -> mount.type().equals("cgroup") || mount.type().equals("cgroup2"))
                .map(mount -> mount.point())
                .distinct()
                .toList();
    }

    public void create() throws IOException {
        for (Path hierarchy : hierarchies) {
            Path group = hierarchy;
            delegate(group);
            for (Path part : Path.of(name)) {
                group = group.resolve(part);
                make(group);
                delegate(group);
            }
            make(group.resolve(SYSTEM));
        }
    }

    /** The files that a process writes its id to in order to join the components. */
    public List<Path> doors() {
        return hierarchies.stream()
                .map(hierarchy -> hierarchy.resolve(name).resolve(SYSTEM).resolve("cgroup.procs"))
                .toList();
    }

    /** The ids of all processes in it, pods included. */
    public Set<Long> processes() {
        var ids = new TreeSet<Long>();
        for (Path group : groups()) {
            try {
                Files.readAllLines(group.resolve("cgroup.procs")).forEach(line -> ids.add(Long.valueOf(line)));
            } catch (IOException e) {
                // Gone since it was listed, or a threaded group of v2, whose parent lists its processes.
                continue;
            }
        }
        return ids;
    }

    /** Ends every process in it at once; fails when one of them lives on. */
    public void kill() {
        Instant end = Instant.now().plus(LIMIT);
        for (Set<Long> left = processes(); !left.isEmpty(); left = processes()) {
            if (Instant.now().isAfter(end)) {
                throw new Failure("the processes %s of the cluster do not end; run `ashlar cluster down`, then up"
                        .formatted(left));
            }
            left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            Components.pause(PAUSE);
        }
    }

    /** Removes the empty groups; fails when one stays in use. */
    public void remove() {
        Instant end = Instant.now().plus(LIMIT);
        while (!removed()) {
            if (Instant.now().isAfter(end)) {
                throw new Failure("the control group %s is still in use; run the command again".formatted(name));
            }
            Components.pause(PAUSE);
        }
    }

    private boolean removed() {
        try {
            for (Path group : groups().reversed()) {
                Files.deleteIfExists(group);
            }
            return true;
        } catch (IOException e) {
            // The kernel lets go of an ended process's group a moment later.
            return false;
        }
    }

    private List<Path> groups() {
        var groups = new ArrayList<Path>();
        for (Path hierarchy : hierarchies) {
            Path top = hierarchy.resolve(name);
            if (!Files.isDirectory(top)) {
                continue;
            }
            try (Stream<Path> all =
                    Files.find(top, Integer.MAX_VALUE, (path, attributes) -> attributes.isDirectory())) {
                all.sorted(Comparator.comparing(Path::getNameCount)).forEach(groups::add);
            } catch (IOException | UncheckedIOException e) {
                // A pod ended while its groups were listed; the caller looks again.
                continue;
            }
        }
        return groups;
    }

    private static void make(Path group) throws IOException {
        Files.createDirectories(group);
        // In v1 a new cpuset is empty, and no process may join it.
        for (String resource : List.of("cpuset.cpus", "cpuset.mems")) {
            Path own = group.resolve(resource);
            if (Files.exists(own) && !Files.exists(group.resolve("cgroup.controllers"))) {
                Files.writeString(own, Files.readString(group.resolveSibling(resource)));
            }
        }
    }

    /** In v2 a group has only the controllers that its parent hands down; beside v1 there are none that a pod needs. */
    private static void delegate(Path group) throws IOException {
        Path available = group.resolve("cgroup.controllers");
        List<String> controllers = Files.exists(available)
                ? List.of(Files.readString(available).strip().split(" "))
                : List.of();
        if (controllers.contains("memory")) {
            for (String controller : controllers) {
                Files.writeString(group.resolve("cgroup.subtree_control"), "+" + controller);
            }
        }
    }
}
