package dev.ashlar.images.layer;

import dev.ashlar.images.host.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;

/** A folder that Debian packages were unpacked into, seen as the root of a file system: paths begin with a slash. */
record PackageRoot(Path folder) {
    /** The file of a path, which itself may be a link, or not exist. */
    Path file(String path) {
        return folder.resolve(path.substring(1)).normalize();
    }

    boolean has(String path) {
        return Files.exists(file(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** Adds a path, what is below it, and what its links point to; false when it is not there. */
    boolean add(String path, Set<String> paths) throws IOException {
        if (!has(path)) {
            return false;
        }
        Path file = file(path);
        String clean = "/" + folder.relativize(file);
        if (!paths.add(clean)) {
            return true;
        }
        if (Files.isSymbolicLink(file)) {
            add(target(clean), paths);
        } else if (Files.isDirectory(file)) {
            for (Path below : Folders.below(file)) {
                paths.add("/" + folder.relativize(below));
            }
        }
        return true;
    }

    private String target(String link) throws IOException {
        String target = Files.readSymbolicLink(file(link)).toString();
        if (target.startsWith("/")) {
            return target;
        }
        return Path.of(link).resolveSibling(target).normalize().toString();
    }
}
