package dev.ashlar.images;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** A folder of a website, refused when it cannot be published as it is. */
record ContentFolder(Path folder, long limit) {
    /** The largest website in one image: every node keeps a copy. */
    static final long LIMIT = 1L << 30;

    /** Throws with the path and the remedy; changes nothing. */
    void check() {
        if (!Files.isDirectory(folder)) {
            throw refuse(folder, "is not a folder", "name the folder that holds the website's files");
        }
        long size = 0;
        for (Path path : below()) {
            size += check(path);
        }
        if (size == 0) {
            throw refuse(folder, "holds no file, or only empty ones", "put an index.html into it");
        }
        if (size > limit) {
            throw refuse(
                    folder,
                    "holds %d MiB, more than the limit of %d MiB".formatted(size >> 20, limit >> 20),
                    "leave out what does not belong to the website");
        }
    }

    private List<Path> below() {
        try {
            return Folders.below(folder);
        } catch (UncheckedIOException | IOException e) {
            Throwable cause = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : e;
            if (cause instanceof AccessDeniedException denied) {
                throw unreadable(Path.of(denied.getFile()));
            }
            throw refuse(folder, "cannot be read: " + cause, "repair that");
        }
    }

    /** The size of a file that may be published. */
    private long check(Path path) {
        if (Folders.name(path).equals(".git")) {
            throw refuse(path, "would publish the whole history", "publish a folder without it, as a build's output");
        }
        if (Files.isSymbolicLink(path)) {
            checkLink(path);
            return 0;
        }
        if (!Files.isReadable(path)) {
            throw unreadable(path);
        }
        if (Files.isDirectory(path)) {
            return 0;
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw refuse(path, "is a device, pipe or socket", "remove it");
        }
        return path.toFile().length();
    }

    private void checkLink(Path link) {
        try {
            Path target = Files.readSymbolicLink(link);
            Path meant = link.resolveSibling(target).normalize();
            if (target.isAbsolute() || !meant.startsWith(folder.normalize())) {
                throw refuse(
                        link,
                        "is a link to %s, which is outside the folder".formatted(target),
                        "put a copy of the file in its place");
            }
            if (!Files.exists(link)) {
                throw refuse(link, "is a link to %s, which does not exist".formatted(target), "repair or remove it");
            }
        } catch (IOException e) {
            throw unreadable(link);
        }
    }

    private static BuildException unreadable(Path path) {
        return refuse(path, "may not be read by this user", "run: chmod u+rX '%s'".formatted(path));
    }

    private static BuildException refuse(Path path, String cause, String remedy) {
        return new BuildException("%s %s; %s".formatted(path, cause, remedy));
    }
}
