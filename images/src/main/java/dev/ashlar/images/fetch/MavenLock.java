package dev.ashlar.images.fetch;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Maven artifacts that the program is built from, with their hashes: {@code .mvn/artifacts.sha256}, as sha256sum writes
 * it; the paths are those of a repository.
 */
public record MavenLock(Map<String, String> sha256) {
    public static final String FILE = ".mvn/artifacts.sha256";

    public MavenLock {
        sha256 = Collections.unmodifiableMap(new TreeMap<>(sha256));
    }

    public static MavenLock read(Path root) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        for (String line : Files.readAllLines(root.resolve(FILE))) {
            String[] fields = line.split(" {2}", 2);
            hashes.put(fields[1], fields[0]);
        }
        return new MavenLock(hashes);
    }

    /** Throws when the artifact of this path is not locked, or with another hash. */
    public void require(String path, String found) {
        String locked = sha256.get(path);
        if (!found.equals(locked)) {
            throw new BuildException(
                    "Maven artifact %s has sha256 %s, but %s %s; if the change is meant, run: make lock"
                            .formatted(path, found, FILE, locked == null ? "does not name it" : "says " + locked));
        }
    }

    /** Throws when a jar of the application is not the locked artifact of this path, or what Quarkus makes of it. */
    public void requireJar(String path, Path jar) throws IOException {
        if (PackagedJar.isRewritten(path)) {
            new PackagedJar(path, jar).requireMadeOf(artifact(path));
        } else {
            require(path, Sha256.of(jar));
        }
    }

    /** Copies all artifacts out of this machine's repository. */
    public void gather(SourceFolder folder) throws IOException {
        for (String path : sha256.keySet()) {
            folder.addArtifact(path, artifact(path));
        }
    }

    /** In this machine's repository; throws when it is missing there or not as locked. */
    private Path artifact(String path) throws IOException {
        Path repository = repository(System.getenv());
        Path file = repository.resolve(path);
        if (!Files.isRegularFile(file)) {
            throw new BuildException(
                    "Maven's repository %s has no %s; let Maven bring it with: make clean build (MAVEN_REPO, if the repository is elsewhere)"
                            .formatted(repository, path));
        }
        require(path, Sha256.of(file));
        return file;
    }

    private static Path repository(Map<String, String> environment) {
        String named = environment.getOrDefault("MAVEN_REPO", "");
        return named.isBlank()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".m2", "repository")
                : Path.of(named).toAbsolutePath().normalize();
    }
}
