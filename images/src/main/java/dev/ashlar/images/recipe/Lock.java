package dev.ashlar.images.recipe;

import dev.ashlar.images.host.BuildException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code images/lock.yaml}: every outside source that is not a Go module, in the order of kind and name. */
public record Lock(List<LockedSource> sources) {
    public static final String FILE = "images/lock.yaml";

    public Lock {
        sources = sources.stream()
                .sorted(Comparator.comparing(LockedSource::kind).thenComparing(LockedSource::name))
                .toList();
    }

    public static Lock read(Path root) {
        LockedSource[] sources = Yaml.read(root, root.resolve(FILE), LockedSource[].class);
        Set<String> seen = new HashSet<>();
        for (LockedSource source : sources) {
            if (!seen.add(source.kind() + " " + source.name())) {
                throw new BuildException(
                        "%s: %s %s stands there twice; keep one".formatted(FILE, source.kind(), source.name()));
            }
        }
        return new Lock(List.of(sources));
    }

    public LockedSource.Deb deb(String name) {
        return find(LockedSource.Deb.class, "deb", name);
    }

    public LockedSource.DebSource debSource(String name) {
        return find(LockedSource.DebSource.class, "deb-source", name);
    }

    public LockedSource.Wheel wheel(String name) {
        return find(LockedSource.Wheel.class, "wheel", name);
    }

    private <T extends LockedSource> T find(Class<T> type, String kind, String name) {
        return sources.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BuildException(
                        "%s has no %s named %s; add it with: ashlar image lock".formatted(FILE, kind, name)));
    }
}
