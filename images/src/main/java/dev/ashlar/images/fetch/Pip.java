package dev.ashlar.images.fetch;

import dev.ashlar.images.cache.EntryLock;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Command;
import dev.ashlar.images.host.Command.Result;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Progress;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.oci.Platform;
import dev.ashlar.images.recipe.LockedSource;
import dev.ashlar.images.recipe.Need;
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

    /** What wheels for Linux on another processor are built for: the older C libraries. */
    private static final List<String> BUILT_FOR = List.of("manylinux_2_17_", "manylinux2014_", "manylinux_2_28_");

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
            Result result = run(into, wheel.platform(), List.of("--require-hashes", "-r", requirements.toString()));
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

    /** The versions for its processor, the newest first. */
    List<String> versions(Need.Wheel wheel) throws IOException {
        Files.createDirectories(folder);
        List<String> arguments = new ArrayList<>(
                List.of("index", "versions", wheel.name(), "--only-binary=:all:", "--disable-pip-version-check"));
        arguments.addAll(platform(wheel.platform()));
        Result result = run(arguments);
        Matcher found = AVAILABLE.matcher(result.output());
        if (!result.ok() || !found.find()) {
            throw new BuildException("wheel %s: pip index versions found none (exit %d); its last lines:\n%s"
                    .formatted(
                            wheel.name(), result.exit(), result.tail().indent(4).stripTrailing()));
        }
        return Stream.of(found.group(1).split(",\\s*"))
                .map(String::strip)
                .filter(version -> (version + ".").startsWith(wheel.versions().replace("*", "")))
                .toList();
    }

    LockedSource.Wheel offer(Need.Wheel wheel, String version) throws IOException {
        Files.createDirectories(folder);
        Path into = Files.createTempDirectory(folder, "offer");
        try {
            Result result = run(into, wheel.platform(), List.of(wheel.name() + "==" + version));
            List<Path> wheels = Folders.below(into);
            if (!result.ok() || wheels.size() != 1) {
                throw new BuildException("wheel %s==%s: pip could not download it; its last lines:\n%s"
                        .formatted(
                                wheel.name(), version, result.tail().indent(4).stripTrailing()));
            }
            Path file = wheels.getFirst();
            String arch = Folders.name(file).endsWith("-any.whl")
                    ? "any"
                    : wheel.platform().machine();
            return new LockedSource.Wheel(wheel.name(), version, arch, Sha256.of(file));
        } finally {
            Folders.delete(into);
        }
    }

    private static List<String> platform(Platform platform) {
        return platform == Platform.own()
                ? List.of()
                : BUILT_FOR.stream()
                        .flatMap(libc -> Stream.of("--platform", libc + platform.machine()))
                        .toList();
    }

    private Result run(Path into, Platform platform, List<String> what) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("download", "--no-deps"));
        arguments.addAll(List.of("--only-binary=:all:", "--disable-pip-version-check", "--no-input", "--dest"));
        arguments.add(into.toString());
        arguments.addAll(platform(platform));
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
