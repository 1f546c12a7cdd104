package dev.ashlar.images.fetch;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.recipe.LockedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A folder with everything that the lock names, filled by {@code make sources}: what builds take instead of asking
 * registries. The files of lock.yaml lie in {@code files/SHA256/NAME}, Go modules in {@code go} as a module proxy serves
 * them, npm's packages in {@code npm} as npm and pnpm keep them, Maven artifacts in {@code maven} as in a repository.
 */
public record SourceFolder(Path folder) {
    /** What go asks a proxy for; the rest of its cache is its own. */
    private static final Pattern SERVED = Pattern.compile(".*\\.(info|mod|zip)");

    /** The folder of {@code SOURCES}; throws when it is none. */
    public static SourceFolder existing(Path folder) {
        if (!Files.isDirectory(folder.resolve("files"))) {
            throw new BuildException(
                    "SOURCES is %s, which holds no sources; fill it, where there is a network, with: make sources DIR=%s"
                            .formatted(folder, folder));
        }
        return new SourceFolder(folder);
    }

    /** The address by which go takes modules from here. */
    public String goProxy() {
        return proxy(folder.resolve("go"));
    }

    /** The address of a folder for go. */
    public static String proxy(Path folder) {
        return "file://" + folder.toUri().getRawPath().replaceFirst("/$", "");
    }

    /** The clients of npm's packages, which take them from here and ask no registry. */
    Npm npm() {
        return new Npm(folder.resolve("npm"), true);
    }

    /** The same clients, which bring here what they fetch. */
    public Npm fetchingNpm() {
        return new Npm(folder.resolve("npm"), false);
    }

    /** What brings back a file that is missing or was changed here. */
    public String remedy() {
        return "bring it again, where there is a network, with: make sources DIR=" + folder;
    }

    /** Copies the files of a source to the folder {@code into}, none with another hash than the lock's. */
    void copy(LockedSource source, Collection<String> hashes, Path into) throws IOException {
        for (String hash : hashes) {
            Path place = folder.resolve("files").resolve(hash);
            List<Path> inside = Files.isDirectory(place) ? Folders.below(place) : List.of();
            if (inside.size() != 1) {
                throw new BuildException("%s %s %s: %s is missing, where images/lock.yaml says its file must be; %s"
                        .formatted(source.kind(), source.name(), source.version(), place, remedy()));
            }
            Path file = inside.getFirst();
            String found = Sha256.of(file);
            if (!found.equals(hash)) {
                throw new BuildException("%s %s %s: %s has sha256 %s, but images/lock.yaml says %s; %s"
                        .formatted(source.kind(), source.name(), source.version(), file, found, hash, remedy()));
            }
            Files.copy(file, into.resolve(Folders.name(file)));
        }
    }

    /** Takes in a whole file of this hash; one that is here already is looked at, and replaced when it is not whole. */
    void add(String hash, Path file) throws IOException {
        Path place = folder.resolve("files").resolve(hash);
        Path copy = place.resolve(Folders.name(file));
        if (!Files.isRegularFile(copy) || !Sha256.of(copy).equals(hash)) {
            Folders.delete(place);
            Files.createDirectories(place);
            Files.copy(file, copy);
        }
    }

    /** Takes in what go downloaded into the cache of a run of its own, and so compared with go.sum. */
    public void addModules(Path downloads) throws IOException {
        for (Path file : Folders.below(downloads)) {
            String path = downloads.relativize(file).toString();
            if (SERVED.matcher(path).matches() && Files.isRegularFile(file)) {
                addFile(file, folder.resolve("go").resolve(path));
            }
        }
    }

    /** Takes in a Maven artifact, by its path in a repository. */
    void addArtifact(String path, Path file) throws IOException {
        addFile(file, folder.resolve("maven").resolve(path));
    }

    private static void addFile(Path file, Path copy) throws IOException {
        if (!Files.isRegularFile(copy) || Files.mismatch(file, copy) >= 0) {
            Files.createDirectories(Folders.parent(copy));
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
