package dev.ashlar.operator.cluster.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
 * The control group {@code /ashlar} that holds every process of the cluster: the components in {@code system}, the pods in
 * {@code kubepods}. It exists in each hierarchy of cgroup v1, in the one of v2, or in both.
 */
public final class Cgroup {
    public static final String NAME = "ashlar";
    private static final String SYSTEM = "system";
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final List<Path> hierarchies;

    public Cgroup(List<Mount> mounts) {
        hierarchies = mounts.stream()
                .filter(mount -> mount.type().equals("cgroup") || mount.type().equals("cgroup2"))
                .map(mount -> mount.point())
                .distinct()
                .toList();
    }

    public void create() throws IOException {
        for (Path hierarchy : hierarchies) {
            Path group = hierarchy.resolve(NAME);
            delegate(hierarchy);
            make(group);
            delegate(group);
            make(group.resolve(SYSTEM));
        }
    }

    /** The files that a process writes its id to in order to join the components. */
    public List<Path> doors() {
        return hierarchies.stream()
                .map(hierarchy -> hierarchy.resolve(NAME).resolve(SYSTEM).resolve("cgroup.procs"))
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

    /** Ends every process in it at once; false when one of them lives on after the time. */
    public boolean kill(Duration limit) {
        Instant end = Instant.now().plus(limit);
        for (Set<Long> left = processes(); !left.isEmpty(); left = processes()) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            Components.pause(PAUSE);
        }
        return true;
    }

    /** Removes the empty groups, innermost first. */
    public void remove() throws IOException {
        for (Path group : groups().reversed()) {
            try {
                Files.deleteIfExists(group);
            } catch (NoSuchFileException e) {
                continue;
            }
        }
    }

    private List<Path> groups() {
        var groups = new ArrayList<Path>();
        for (Path hierarchy : hierarchies) {
            Path top = hierarchy.resolve(NAME);
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
