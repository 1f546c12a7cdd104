package dev.ashlar.images.host;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whole folders: list, copy, hash, remove. Links are kept as links, never followed. */
public final class Folders {
    private Folders() {}

    /** Everything below the folder, sorted by path, so that the order never depends on the file system. */
    public static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> !path.equals(folder)).sorted().toList();
        }
    }

    /** Copies a file, a link or a whole folder over what is there, without times and owners. */
    public static void copy(Path from, Path to, Predicate<Path> wanted) throws IOException {
        if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(to);
            for (Path path : below(from)) {
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(to.resolve(from.relativize(path)));
                } else if (wanted.test(path)) {
                    copyFile(path, to.resolve(from.relativize(path)));
                }
            }
        } else {
            copyFile(from, to);
        }
    }

    private static void copyFile(Path from, Path to) throws IOException {
        Files.createDirectories(parent(to));
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, LinkOption.NOFOLLOW_LINKS);
        if (!Files.isSymbolicLink(to)) {
            Files.setPosixFilePermissions(to, permissions(Files.isExecutable(from)));
        }
    }

    private static Set<PosixFilePermission> permissions(boolean executable) {
        Set<PosixFilePermission> all = EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ);
        if (executable) {
            all.addAll(EnumSet.of(
                    PosixFilePermission.OWNER_EXECUTE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_EXECUTE));
        }
        return all;
    }

    /** The hash of names, executable bits and content of a file or a whole folder; of a file that is missing too. */
    public static String hash(Path path, Predicate<Path> wanted) throws IOException {
        Sha256 hash = new Sha256();
        if (!Files.isDirectory(path)) {
            return hash.add("file", describe(path)).hex();
        }
        for (Path file : below(path)) {
            if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && wanted.test(file)) {
                hash.add(path.relativize(file).toString(), describe(file));
            }
        }
        return hash.hex();
    }

    private static String describe(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return "link " + Files.readSymbolicLink(file);
        }
        if (!Files.exists(file)) {
            return "missing";
        }
        return (Files.isExecutable(file) ? "program " : "file ") + Sha256.of(file);
    }

    /** Removes a file or a whole folder; nothing happens when it is not there. */
    public static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (!Files.isWritable(folder)) { // Go's module cache is read-only
                    Files.setPosixFilePermissions(folder, EnumSet.allOf(PosixFilePermission.class));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The folder that holds this path. */
    public static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " has no parent");
        }
        return parent;
    }

    /** The last element of the path, as a string. */
    public static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }
}
