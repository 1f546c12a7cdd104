package dev.ashlar.operator.cluster.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A mount of this process's namespace. */
public record Mount(Path point, String type) {
    private static final int POINT = 4;

    public static List<Mount> all() {
        try {
            return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                    .map(Mount::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static boolean isMounted(Path point) {
        return all().stream().anyMatch(mount -> mount.point().equals(point));
    }

    /** A line as in {@code 36 35 98:0 /mnt1 /mnt2 rw shared:1 - ext4 /dev/root rw}; blanks in a path stand as octal. */
    public static Mount parse(String line) {
        String[] sides = line.split(" - ", 2);
        String point = sides[0].split(" ")[POINT].replace("\\040", " ");
        return new Mount(Path.of(point), sides[1].split(" ")[0]);
    }
}
