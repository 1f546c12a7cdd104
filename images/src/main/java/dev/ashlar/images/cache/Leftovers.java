package dev.ashlar.images.cache;

import dev.ashlar.images.cache.BuildCache.Wanted;
import dev.ashlar.images.host.Folders;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** What a build may clear away before it begins: folders of killed runs, and versions that nobody uses any more. */
record Leftovers(Path root) {
    static final String NEW = ".new-";
    static final String WORK = ".work-";

    /** An older version is kept for so long after its last use; a running cluster or another checkout may need it. */
    static final Duration KEPT_UNUSED = Duration.ofDays(30);

    /** What another build left unfinished is of a killed run when it is older than this. */
    private static final Duration LONGEST_BUILD = Duration.ofDays(1);

    private static final Pattern LIST = Pattern.compile("(.+)-[0-9a-f]{24}\\.list");

    /** Called under the entry's lock. */
    void remove(Wanted wanted) throws IOException {
        Instant oldest = Instant.now().minus(KEPT_UNUSED);
        Instant abandoned = Instant.now().minus(LONGEST_BUILD);
        try (DirectoryStream<Path> all = Files.newDirectoryStream(root)) {
            for (Path path : all) {
                String name = Folders.name(path);
                boolean ownLeftover = name.startsWith(wanted.folder() + NEW) || name.startsWith(wanted.folder() + WORK);
                if (ownLeftover || isUnfinished(name) && isUntouchedSince(path, abandoned)) {
                    Folders.delete(path);
                } else if (isListOf(wanted.label(), name) && isUntouchedSince(path, oldest)) {
                    Files.delete(path);
                    Folders.delete(path.resolveSibling(name.substring(0, name.length() - ".list".length())));
                }
            }
        }
    }

    private static boolean isUnfinished(String name) {
        return name.contains(NEW) || name.contains(WORK);
    }

    private static boolean isUntouchedSince(Path path, Instant time) throws IOException {
        return Files.getLastModifiedTime(path).toInstant().isBefore(time);
    }

    private static boolean isListOf(String label, String name) {
        var list = LIST.matcher(name);
        return list.matches() && list.group(1).equals(label);
    }
}
