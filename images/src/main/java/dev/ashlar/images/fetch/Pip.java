package dev.ashlar.images.fetch;

import dev.ashlar.images.cache.EntryLock;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Command;
import dev.ashlar.images.host.Command.Result;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Progress;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.recipe.LockedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Python wheels by this machine's pip and its settings; nothing is installed. */
final class Pip {
    private static final Pattern EXPECTED = Pattern.compile("Expected sha256 ([0-9a-f]{64})");
    private static final Pattern GOT = Pattern.compile("Got\\s+([0-9a-f]{64})");

    private static final Pattern AVAILABLE = Pattern.compile("(?m)^Available versions: (.+)$");

    private final Path folder;
    private final Progress progress;

    Pip(Path folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    void download(LockedSource.Wheel wheel, Path into) throws IOException {
        Files.createDirectories(folder);
        Path requirements = Files.createTempFile(folder, "requirements", ".txt");
        try {
            Files.writeString(
                    requirements, "%s==%s --hash=sha256:%s%n".formatted(wheel.name(), wheel.version(), wheel.sha256()));
            Result result = run(into, List.of("--require-hashes", "-r", requirements.toString()));
            if (!result.ok()) {
                throw explain(wheel, result);
            }
        } finally {
            Files.deleteIfExists(requirements);
        }
    }

    private static BuildException explain(LockedSource.Wheel wheel, Result result) {
        Matcher expected = EXPECTED.matcher(result.output());
        Matcher got = GOT.matcher(result.output());
        if (expected.find() && got.find()) {
            return Sources.mismatch(wheel, "the wheel", expected.group(1), got.group(1));
        }
        return new BuildException("wheel %s %s: pip download failed (exit %d)%s; its last lines:\n%s"
                .formatted(
                        wheel.name(),
                        wheel.version(),
                        result.exit(),
                        result.isNetworkFailure() ? ", check the network and pip's settings" : "",
                        result.tail().indent(4).stripTrailing()));
    }

    /** The versions for this processor, the newest first, {@code versions} being as {@code 25.*} or {@code *}. */
    List<String> versions(String name, String versions) throws IOException {
        Files.createDirectories(folder);
        Result result = run(List.of("index", "versions", name, "--only-binary=:all:", "--disable-pip-version-check"));
        Matcher found = AVAILABLE.matcher(result.output());
        if (!result.ok() || !found.find()) {
            throw new BuildException("wheel %s: pip index versions found none (exit %d); its last lines:\n%s"
                    .formatted(name, result.exit(), result.tail().indent(4).stripTrailing()));
        }
        return Stream.of(found.group(1).split(",\\s*"))
                .map(String::strip)
                .filter(version -> (version + ".").startsWith(versions.replace("*", "")))
                .toList();
    }

    LockedSource.Wheel offer(String name, String version) throws IOException {
        Files.createDirectories(folder);
        Path into = Files.createTempDirectory(folder, "offer");
        try {
            Result result = run(into, List.of(name + "==" + version));
            List<Path> wheels = Folders.below(into);
            if (!result.ok() || wheels.size() != 1) {
                throw new BuildException("wheel %s==%s: pip could not download it; its last lines:\n%s"
                        .formatted(name, version, result.tail().indent(4).stripTrailing()));
            }
            return new LockedSource.Wheel(name, version, "x86_64", Sha256.of(wheels.getFirst()));
        } finally {
            Folders.delete(into);
        }
    }

    private Result run(Path into, List<String> what) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("download", "--no-deps"));
        arguments.addAll(List.of("--only-binary=:all:", "--disable-pip-version-check", "--no-input", "--dest"));
        arguments.add(into.toString());
        arguments.addAll(what);
        return run(arguments);
    }

    private Result run(List<String> what) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("python3", "-m", "pip"));
        arguments.addAll(what);
        try (EntryLock lock = EntryLock.acquire(folder.resolve("lock"), "pip", progress)) {
            return new Command(folder, Apt.environment(), arguments, folder.resolve("log")).run();
        }
    }
}
