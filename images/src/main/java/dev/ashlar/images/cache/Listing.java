package dev.ashlar.images.cache;

import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The files of a cache entry: for each its SHA-256 and the state of its inode when that was computed. */
record Listing(Map<String, Item> items) {
    private static final String FORMAT = "ashlar listing 1";

    /** One file; {@code sha256} is "folder", or "link TARGET", for what is not a regular file. */
    record Item(String sha256, String state) {}

    static Listing of(Path folder) throws IOException {
        Map<String, Item> items = new TreeMap<>();
        for (Path path : Folders.below(folder)) {
            items.put(folder.relativize(path).toString(), new Item(hash(path), state(path)));
        }
        return new Listing(items);
    }

    /** Reads a listing; empty when it is missing, cut off or changed. */
    static Optional<Listing> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() < 2
                || !lines.getFirst().equals(FORMAT)
                || !lines.getLast().equals(seal(lines))) {
            return Optional.empty();
        }
        Map<String, Item> items = new TreeMap<>();
        for (String line : lines.subList(1, lines.size() - 1)) {
            String[] fields = line.split("\t", 3);
            items.put(fields[2], new Item(fields[0], fields[1]));
        }
        return Optional.of(new Listing(items));
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(FORMAT).append('\n');
        items.forEach((path, item) -> text.append(item.sha256())
                .append('\t')
                .append(item.state())
                .append('\t')
                .append(path)
                .append('\n'));
        String lines = text.toString();
        Path unfinished = Files.createTempFile(Folders.parent(file), Folders.name(file), ".new");
        Files.writeString(
                unfinished, lines + Sha256.of(lines.getBytes(java.nio.charset.StandardCharsets.UTF_8)) + "\n");
        // The cluster step runs as root and must leave a list that the user can read.
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(unfinished, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static String seal(List<String> lines) {
        String text = String.join("\n", lines.subList(0, lines.size() - 1)) + "\n";
        return Sha256.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /**
     * Compares the folder with this list.
     *
     * @param readAll true: every file is read; else only one whose inode moved
     */
    Check check(Path folder, boolean readAll) throws IOException {
        Set<String> missing = new TreeSet<>(items.keySet());
        boolean moved = false;
        for (Path file : Folders.below(folder)) {
            String path = folder.relativize(file).toString();
            Item item = items.get(path);
            if (item == null) {
                return new Check(Optional.of(path + " does not belong there"), true);
            }
            missing.remove(path);
            boolean same = state(file).equals(item.state());
            moved |= !same;
            if (readAll || !same) {
                String now = hash(file);
                if (!now.equals(item.sha256())) {
                    return new Check(Optional.of("%s has %s, expected %s".formatted(path, now, item.sha256())), true);
                }
            }
        }
        return new Check(missing.stream().findFirst().map(path -> path + " is missing"), moved);
    }

    /**
     * How a folder compares with its list.
     *
     * @param difference what differs, in one phrase; empty when nothing does
     * @param moved whether an inode moved since the list was written, so that the list is worth writing anew
     */
    record Check(Optional<String> difference, boolean moved) {}

    private static String hash(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "link " + Files.readSymbolicLink(path);
        }
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? "folder" : Sha256.of(path);
    }

    private static String state(Path path) throws IOException {
        Map<String, Object> inode =
                Files.readAttributes(path, "unix:mode,size,lastModifiedTime,ctime,ino", LinkOption.NOFOLLOW_LINKS);
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return "folder " + inode.get("mode");
        }
        return "%s %s %s %s %s"
                .formatted(
                        inode.get("mode"),
                        inode.get("size"),
                        inode.get("lastModifiedTime"),
                        inode.get("ctime"),
                        inode.get("ino"));
    }
}
