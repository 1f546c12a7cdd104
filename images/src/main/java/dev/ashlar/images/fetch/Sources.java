package dev.ashlar.images.fetch;

import dev.ashlar.images.cache.EntryLock;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Progress;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.recipe.LockedSource;
import dev.ashlar.images.recipe.Need;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The locked files on this machine: fetched when missing, and never handed out with another hash than the lock's. */
public final class Sources implements Offers {
    private final Path store;
    private final Optional<SourceFolder> folder;
    private final Clients clients;
    private final Progress progress;

    /**
     * @param cache Ashlar's cache folder; the files lie in {@code sources/SHA256/NAME} below it
     * @param folder what is taken instead of asking registries
     */
    public Sources(Path cache, Optional<SourceFolder> folder, Progress progress) {
        this.store = cache.resolve("sources");
        this.folder = folder;
        this.clients = new Clients(cache, progress);
        this.progress = progress;
    }

    /** What is taken instead of asking registries. */
    public Optional<SourceFolder> folder() {
        return folder;
    }

    /** The clients of what lock files of npm and pnpm name. */
    public Npm npm() {
        return folder.map(SourceFolder::npm).orElseGet(clients::npm);
    }

    @Override
    public List<Path> files(LockedSource source) {
        Collection<String> hashes = hashes(source);
        try (EntryLock lock =
                EntryLock.acquire(store.resolve(hashes.iterator().next() + ".lock"), source.name(), progress)) {
            Optional<List<Path>> kept = kept(hashes);
            if (kept.isPresent()) {
                return kept.get();
            }
            progress.say("fetching %s %s %s", source.kind(), source.name(), source.version());
            fetch(source);
            return kept(hashes)
                    .orElseThrow(() -> new BuildException(
                            "%s %s: what was fetched lacks a file that the lock names; run: ashlar image lock"
                                    .formatted(source.kind(), source.name())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> versions(Need need) {
        try {
            return clients.versions(need);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public LockedSource offer(Need need, String version) {
        try {
            return clients.offer(need, version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fetches a source that may be kept, as if it were not, and throws when it is gone or has other bytes. */
    public void fetchAnew(LockedSource source) {
        try {
            Files.createDirectories(store);
            Path download = Files.createTempDirectory(store, "download-");
            try {
                clients.download(source, download);
                for (Path file : Folders.below(download)) {
                    check(source, file);
                }
            } finally {
                Folders.delete(download);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Brings the files of a source into a folder that builds can take them from. */
    public void gather(LockedSource source, SourceFolder into) {
        try {
            for (Path file : files(source)) {
                into.add(Folders.name(Folders.parent(file)), file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether all files of a source are here and whole; every byte is read. */
    public boolean isKept(LockedSource source) {
        try {
            return kept(hashes(source)).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Collection<String> hashes(LockedSource source) {
        return switch (source) {
            case LockedSource.Deb deb -> List.of(deb.sha256());
            case LockedSource.Go go -> List.of(go.sha256());
            case LockedSource.Wheel wheel -> List.of(wheel.sha256());
            case LockedSource.DebSource debSource -> debSource.sha256().values();
        };
    }

    private Optional<List<Path>> kept(Collection<String> hashes) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String hash : hashes) {
            Path folder = store.resolve(hash);
            List<Path> inside = Files.isDirectory(folder) ? Folders.below(folder) : List.of();
            if (inside.size() != 1) {
                return Optional.empty();
            }
            Path file = inside.getFirst();
            if (!Sha256.of(file).equals(hash)) {
                progress.say("%s was damaged in the cache, fetching it anew", file.getFileName());
                Folders.delete(folder);
                return Optional.empty();
            }
            files.add(file);
        }
        return Optional.of(files);
    }

    private void fetch(LockedSource source) throws IOException {
        Path download = store.resolve("download-" + hashes(source).iterator().next());
        Folders.delete(download); // left by a run that was killed
        Files.createDirectories(download);
        try {
            if (folder.isPresent()) {
                folder.get().copy(source, hashes(source), download);
            } else {
                clients.download(source, download);
            }
            for (Path file : Folders.below(download)) {
                keep(source, file);
            }
        } finally {
            Folders.delete(download);
        }
    }

    /** The file's hash, which is the one that the lock says. */
    private static String check(LockedSource source, Path file) throws IOException {
        String name = Folders.name(file);
        String expected = expected(source, name);
        String found = Sha256.of(file);
        if (!found.equals(expected)) {
            throw mismatch(source, name, expected, found);
        }
        return found;
    }

    private void keep(LockedSource source, Path file) throws IOException {
        Path kept = store.resolve(check(source, file)).resolve(Folders.name(file));
        Folders.delete(Folders.parent(kept));
        Files.createDirectories(Folders.parent(kept));
        Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String expected(LockedSource source, String file) {
        if (source instanceof LockedSource.DebSource debSource) {
            Map<String, String> files = debSource.sha256();
            return files.getOrDefault(file, "no such file");
        }
        return hashes(source).iterator().next();
    }

    static BuildException mismatch(LockedSource source, String file, String expected, String found) {
        return new BuildException(
                ("%s %s %s: %s has sha256 %s, but images/lock.yaml says %s; if the change is meant, run: ashlar image lock,"
                                + " else try again, the download may have been cut off or altered")
                        .formatted(source.kind(), source.name(), source.version(), file, found, expected));
    }
}
