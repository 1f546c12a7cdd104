package dev.ashlar.images.recipe;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code images/lock.yaml}: every outside source that is not a Go module, in the order of kind and name. */
public record Lock(List<LockedSource> sources) {
    public static final String FILE = "images/lock.yaml";
    private static final String HEAD =
            "# Every outside source that is not a Go module (those: go.mod and go.sum in each"
                    + " image's folder) nor npm's (package-lock.json there). Written by: ashlar image lock\n";

    public Lock {
        sources = sources.stream()
                .sorted(Comparator.comparing(LockedSource::kind)
                        .thenComparing(LockedSource::name)
                        .thenComparing(LockedSource::arch))
                .toList();
    }

    public static Lock read(Path root) {
        LockedSource[] sources = Yaml.read(root, root.resolve(FILE), LockedSource[].class);
        Set<String> seen = new HashSet<>();
        for (LockedSource source : sources) {
            String label = "%s %s %s"
                    .formatted(source.kind(), source.name(), source.arch())
                    .strip();
            if (!seen.add(label)) {
                throw new BuildException("%s: %s stands there twice; keep one".formatted(FILE, label));
            }
        }
        return new Lock(List.of(sources));
    }

    public LockedSource.Deb deb(String name, Platform platform) {
        return find(LockedSource.Deb.class, "deb", name, platform);
    }

    public LockedSource.DebSource debSource(String name) {
        return find(LockedSource.DebSource.class, "deb-source", name, Platform.own());
    }

    public LockedSource.Go go() {
        return find(LockedSource.Go.class, "go", Need.GO, Platform.own());
    }

    public LockedSource.Wheel wheel(String name, Platform platform) {
        return find(LockedSource.Wheel.class, "wheel", name, platform);
    }

    private <T extends LockedSource> T find(Class<T> type, String kind, String name, Platform platform) {
        return sources.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(source -> source.name().equals(name) && source.isFor(platform))
                .findFirst()
                .orElseThrow(
                        () -> new BuildException("%s has no %s named %s for %s; add it with: %s=%s ashlar image lock"
                                .formatted(FILE, kind, name, platform, Platform.VARIABLE, platform)));
    }

    /** Writes the lock as {@link #read} reads it: one field a line, so that a change shows as a small difference. */
    public void write(Path root) throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        for (LockedSource source : sources) {
            text.append("- kind: %s\n  name: %s\n  version: \"%s\"\n"
                    .formatted(source.kind(), source.name(), source.version()));
            switch (source) {
                case LockedSource.Deb deb ->
                    text.append("  arch: %s\n  sha256: %s\n".formatted(deb.arch(), deb.sha256()));
                case LockedSource.Go go -> text.append("  arch: %s\n  sha256: %s\n".formatted(go.arch(), go.sha256()));
                case LockedSource.Wheel wheel ->
                    text.append("  arch: %s\n  sha256: %s\n".formatted(wheel.arch(), wheel.sha256()));
                case LockedSource.DebSource debSource -> {
                    text.append("  sha256:\n");
                    debSource.sha256().forEach((file, hash) -> text.append("    %s: %s\n".formatted(file, hash)));
                }
            }
        }
        Path unfinished = Files.createTempFile(root.resolve("images"), "lock", ".new");
        Files.writeString(unfinished, text);
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(unfinished, root.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }
}
