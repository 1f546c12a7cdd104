package dev.ashlar.images.cache;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Progress;
import dev.ashlar.images.host.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;

/** Folders by the hash of their inputs: what is there is used, what is not is built once. */
public final class BuildCache {
    private final Path root;
    private final Progress progress;

    /** @param root the folder of all entries; made when needed */
    public BuildCache(Path root, Progress progress) {
        this.root = root;
        this.progress = progress;
    }

    /**
     * What is to be there.
     *
     * @param label for people: the image and the kind of content
     * @param inputs 64 hex digits, the hash of all that the content depends on
     * @param mebibytes room that building it needs at least
     */
    public record Wanted(String label, String inputs, long mebibytes) {
        String folder() {
            return label + "-" + inputs.substring(0, 24);
        }
    }

    /** Fills an empty folder with an entry's content; {@code work} is an empty folder that is removed afterwards. */
    @FunctionalInterface
    public interface Builder {
        void build(Path content, Path work) throws IOException;
    }

    /** The folder with the content, checked; built when it is missing or was changed. */
    public Path get(Wanted wanted, Builder builder) {
        Path entry = root.resolve(wanted.folder());
        try {
            if (find(wanted).isEmpty()) {
                try (EntryLock lock = EntryLock.acquire(sibling(entry, ".lock"), wanted.label(), progress)) {
                    if (find(wanted).isEmpty()) { // another run may have built it meanwhile
                        Folders.delete(entry);
                        build(wanted, entry, builder);
                    }
                }
            }
            return entry;
        } catch (IOException | RuntimeException e) {
            throw explain(wanted, e);
        }
    }

    /** The folder with the content when it is there and whole. */
    public Optional<Path> find(Wanted wanted) throws IOException {
        return check(wanted, false);
    }

    /** As {@link #find}, but every byte is read. */
    public Optional<Path> findReadingAll(Wanted wanted) throws IOException {
        return check(wanted, true);
    }

    private Optional<Path> check(Wanted wanted, boolean readAll) throws IOException {
        Path entry = root.resolve(wanted.folder());
        if (!Files.isDirectory(entry)) {
            return Optional.empty();
        }
        Optional<Listing> listing = Listing.read(sibling(entry, ".list"));
        if (listing.isEmpty()) {
            progress.say("%s: the list of its cached files is missing or damaged", wanted.label());
            return Optional.empty();
        }
        Listing.Check check = listing.get().check(entry, readAll);
        if (check.difference().isPresent()) {
            progress.say(
                    "%s: its cached files were changed (%s)",
                    wanted.label(), check.difference().get());
            return Optional.empty();
        }
        if (check.moved()) {
            Listing.of(entry).write(sibling(entry, ".list"));
        }
        markUsed(sibling(entry, ".list"));
        return Optional.of(entry);
    }

    private static void markUsed(Path list) {
        try {
            Files.setLastModifiedTime(list, FileTime.from(Instant.now()));
        } catch (IOException e) {
            return; // it belongs to another user, who also marks it
        }
    }

    private void build(Wanted wanted, Path entry, Builder builder) throws IOException {
        Files.createDirectories(root);
        new Leftovers(root).remove(wanted);
        Space.require(root, wanted.mebibytes());
        // New names each time: a compiler that outlived a killed run still writes to the old ones.
        Path unfinished = Files.createTempDirectory(root, wanted.folder() + Leftovers.NEW);
        Path work = Files.createTempDirectory(root, wanted.folder() + Leftovers.WORK);
        try {
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
            builder.build(unfinished, work);
            Listing listing = Listing.of(unfinished);
            Files.deleteIfExists(sibling(entry, ".list"));
            Files.move(unfinished, entry, StandardCopyOption.ATOMIC_MOVE);
            listing.write(sibling(entry, ".list"));
        } finally {
            Folders.delete(work);
            Folders.delete(unfinished);
        }
    }

    private BuildException explain(Wanted wanted, Exception e) {
        if (Space.isExhausted(e)) {
            return Space.exhausted(root, wanted.mebibytes(), e);
        }
        if (e instanceof BuildException known) {
            return known;
        }
        return new BuildException("%s: %s".formatted(wanted.label(), e.getMessage() == null ? e : e.getMessage()), e);
    }

    private static Path sibling(Path entry, String suffix) {
        return Folders.parent(entry).resolve(Folders.name(entry) + suffix);
    }
}
