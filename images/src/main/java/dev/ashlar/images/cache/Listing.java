package dev.ashlar.images.cache;

import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
        Files.move(unfinished, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static String seal(List<String> lines) {
        String text = String.join("\n", lines.subList(0, lines.size() - 1)) + "\n";
        return Sha256.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** What differs between this list and the folder, in one phrase; empty when nothing does. */
    Optional<String> difference(Path folder, boolean readAll) throws IOException {
        List<String> found = Folders.below(folder).stream()
                .map(path -> folder.relativize(path).toString())
                .toList();
        for (String path : found) {
            Item item = items.get(path);
            if (item == null) {
                return Optional.of(path + " does not belong there");
            }
            if (readAll || !state(folder.resolve(path)).equals(item.state())) {
                String now = hash(folder.resolve(path));
                if (!now.equals(item.sha256())) {
                    return Optional.of("%s has %s, expected %s".formatted(path, now, item.sha256()));
                }
            }
        }
        return items.keySet().stream()
                .filter(path -> !java.util.Collections.unmodifiableSet(new java.util.HashSet<>(found))
                        .contains(path))
                .findFirst()
                .map(path -> path + " is missing");
    }

    /** Whether an inode's state moved since the list was written, so that the list is worth writing anew. */
    boolean isStale(Path folder) throws IOException {
        for (Map.Entry<String, Item> item : items.entrySet()) {
            if (!state(folder.resolve(item.getKey())).equals(item.getValue().state())) {
                return true;
            }
        }
        return false;
    }

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
