package dev.ashlar.operator.cluster.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Who called: under sudo the user behind it, to whom the files go that a person needs. */
public final class Invoker {
    private static final int ROOT = 0;

    private Invoker() {}

    public static boolean isRoot() {
        try {
            return Integer.valueOf(ROOT).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            return false;
        }
    }

    /** Gives a file to the user behind sudo; nothing changes without sudo. */
    public static void own(Path file) throws IOException {
        Optional<Integer> user = id("SUDO_UID");
        Optional<Integer> group = id("SUDO_GID");
        if (isRoot() && user.isPresent() && group.isPresent()) {
            own(file, user.get(), group.get());
        }
    }

    /** Gives a file to a user and a group by their numbers, which need no name on this machine. */
    public static void own(Path file, int user, int group) throws IOException {
        for (var entry : Map.of("unix:uid", user, "unix:gid", group).entrySet()) {
            Files.setAttribute(file, entry.getKey(), entry.getValue());
        }
    }

    private static Optional<Integer> id(String variable) {
        return Optional.ofNullable(System.getenv(variable)).map(Integer::valueOf);
    }
}
