package dev.ashlar.images;

import dev.ashlar.images.fetch.SourceFolder;
import dev.ashlar.images.host.BuildException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The source tree that images are built from.
 *
 * @param cache the folder that keeps what was built
 * @param sources what is taken instead of asking registries
 */
public record Checkout(Path root, Path cache, Optional<SourceFolder> sources) {
    private static final String LOCK = "images/lock.yaml";

    Checkout(Path root, Path cache) {
        this(root, cache, Optional.empty());
    }

    /**
     * The tree of {@code ASHLAR_HOME}, else the one around the working directory; the cache is {@code $XDG_CACHE_HOME/ashlar};
     * the sources are those of {@code ASHLAR_SOURCES}, if that is set.
     */
    public static Checkout find() {
        return find(System.getenv(), Path.of("").toAbsolutePath());
    }

    /** The cache folder alone, for commands that work without a source tree. */
    public static Path findCache() {
        return cache(System.getenv());
    }

    static Checkout find(Map<String, String> environment, Path workingDirectory) {
        String sources = environment.getOrDefault("ASHLAR_SOURCES", "");
        return new Checkout(
                root(environment.get("ASHLAR_HOME"), workingDirectory),
                cache(environment),
                sources.isBlank()
                        ? Optional.empty()
                        : Optional.of(SourceFolder.existing(
                                Path.of(sources).toAbsolutePath().normalize())));
    }

    /** The same tree, for which registries are asked. */
    Checkout withRegistries() {
        return new Checkout(root, cache);
    }

    private static Path root(@Nullable String home, Path workingDirectory) {
        if (home != null && !home.isBlank()) {
            Path root = Path.of(home).toAbsolutePath().normalize();
            if (!Files.isRegularFile(root.resolve(LOCK))) {
                throw new BuildException(
                        "ASHLAR_HOME is %s, which has no %s: set it to Ashlar's source tree".formatted(root, LOCK));
            }
            return root;
        }
        for (Path folder = workingDirectory; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(LOCK))) {
                return folder;
            }
        }
        throw new BuildException("no %s in %s or above it: go to Ashlar's source tree or set ASHLAR_HOME to it"
                .formatted(LOCK, workingDirectory));
    }

    private static Path cache(Map<String, String> environment) {
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        if (!xdg.isBlank()) {
            return Path.of(xdg).toAbsolutePath().normalize().resolve("ashlar");
        }
        return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".cache", "ashlar");
    }
}
