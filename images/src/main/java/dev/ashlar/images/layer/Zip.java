package dev.ashlar.images.layer;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Unpacks zip archives with links and executable bits, which the JDK's own zip classes do not tell. */
final class Zip {
    private static final int EXECUTABLE = 0100;

    private Zip() {}

    /** Unpacks what is {@code from}, or below it, to {@code to}; returns the number of files. */
    static int unpack(Path archive, String from, Path to) throws IOException {
        String prefix = from.replaceFirst("/+$", "");
        int count = 0;
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                String name = entry.getName();
                if (!entry.isDirectory()
                        && (prefix.isEmpty() || name.equals(prefix) || name.startsWith(prefix + "/"))) {
                    String inside = name.substring(prefix.length()).replaceFirst("^/", "");
                    Path file = inside.isEmpty() ? to : to.resolve(inside).normalize();
                    if (!file.startsWith(to)) {
                        throw new BuildException("%s holds %s, which leaves its folder".formatted(archive, name));
                    }
                    unpack(zip, entry, file);
                    count++;
                }
            }
        }
        return count;
    }

    private static void unpack(ZipFile zip, ZipArchiveEntry entry, Path file) throws IOException {
        Files.createDirectories(Folders.parent(file));
        if (entry.isUnixSymlink()) {
            Files.createSymbolicLink(file, Path.of(zip.getUnixSymlink(entry)));
            return;
        }
        try (InputStream content = zip.getInputStream(entry)) {
            Files.copy(content, file);
        }
        boolean executable = (entry.getUnixMode() & EXECUTABLE) != 0;
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
