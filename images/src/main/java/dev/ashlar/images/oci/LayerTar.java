package dev.ashlar.images.oci;

import dev.ashlar.images.host.Folders;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Writes a folder as one layer: sorted, owned by root, one constant time, and of the modes only whether a file is
 * executable, so that neither clock, umask nor file system shows in the bytes.
 */
public final class LayerTar {
    /** The time of every file in every layer. */
    public static final Instant TIME = Instant.EPOCH.plusSeconds(1);

    private final TarArchiveOutputStream out;
    private final Instant time;
    private final @Nullable Integer fileMode;

    private LayerTar(TarArchiveOutputStream out, Instant time, @Nullable Integer fileMode) {
        this.out = out;
        this.time = time;
        this.fileMode = fileMode;
    }

    /**
     * Writes what is below {@code tree} so that it appears below {@code prefix} ("/" for the image's root).
     *
     * @param fileMode of every file; null: 0755 for what its owner may execute, else 0644
     */
    public static void write(Path tree, String prefix, @Nullable Integer fileMode, Path tar) throws IOException {
        write(tree, prefix, fileMode, TIME, tar);
    }

    static void write(Path tree, String prefix, @Nullable Integer fileMode, Instant time, Path tar) throws IOException {
        try (OutputStream file = Files.newOutputStream(tar);
                TarArchiveOutputStream out = new TarArchiveOutputStream(file, "UTF-8")) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            new LayerTar(out, time, fileMode).addAll(tree, prefix);
        }
    }

    private void addAll(Path tree, String prefix) throws IOException {
        String inside = prefix.replaceFirst("^/+", "").replaceFirst("/+$", "");
        for (String parent : parents(inside)) {
            add(entry(parent + "/", TarConstants.LF_DIR, 0755));
        }
        for (Path path : Folders.below(tree)) {
            String name = tree.relativize(path).toString();
            addPath(path, inside.isEmpty() ? name : inside + "/" + name);
        }
    }

    private static List<String> parents(String inside) {
        List<String> parents = new ArrayList<>();
        for (int end = inside.indexOf('/'); end >= 0; end = inside.indexOf('/', end + 1)) {
            parents.add(inside.substring(0, end));
        }
        if (!inside.isEmpty()) {
            parents.add(inside);
        }
        return parents;
    }

    private void addPath(Path path, String name) throws IOException {
        if (Files.isSymbolicLink(path)) {
            TarArchiveEntry link = entry(name, TarConstants.LF_SYMLINK, 0777);
            link.setLinkName(Files.readSymbolicLink(path).toString());
            add(link);
        } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            add(entry(name + "/", TarConstants.LF_DIR, 0755));
        } else if (Files.isRegularFile(path)) {
            TarArchiveEntry file = entry(name, TarConstants.LF_NORMAL, mode(path));
            file.setSize(Files.size(path));
            out.putArchiveEntry(file);
            Files.copy(path, out);
            out.closeArchiveEntry();
        } else {
            throw new IOException(path + " is neither a file, a folder nor a link");
        }
    }

    private int mode(Path path) {
        if (fileMode != null) {
            return fileMode;
        }
        return Files.isExecutable(path) ? 0755 : 0644;
    }

    private TarArchiveEntry entry(String name, byte type, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type);
        entry.setMode(mode);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setLastModifiedTime(FileTime.from(time));
        return entry;
    }

    private void add(TarArchiveEntry entry) throws IOException {
        out.putArchiveEntry(entry);
        out.closeArchiveEntry();
    }
}
