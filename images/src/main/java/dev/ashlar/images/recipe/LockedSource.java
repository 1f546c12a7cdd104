package dev.ashlar.images.recipe;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import java.util.TreeMap;

/** One outside source with its version and hashes: what a build may fetch, and nothing else. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LockedSource.Deb.class, name = "deb"),
    @JsonSubTypes.Type(value = LockedSource.DebSource.class, name = "deb-source"),
    @JsonSubTypes.Type(value = LockedSource.Go.class, name = "go"),
    @JsonSubTypes.Type(value = LockedSource.Wheel.class, name = "wheel")
})
public sealed interface LockedSource {
    String name();

    String version();

    /** A binary Debian package. */
    record Deb(String name, String version, String arch, String sha256) implements LockedSource {}

    /** A Debian source package; the hashes by file name. */
    record DebSource(String name, String version, Map<String, String> sha256) implements LockedSource {
        public DebSource {
            sha256 = java.util.Collections.unmodifiableMap(new TreeMap<>(sha256 == null ? Map.of() : sha256));
        }
    }

    /** The Go toolchain: the zip of the module golang.org/toolchain, as a module proxy serves it. */
    record Go(String name, String version, String arch, String sha256) implements LockedSource {
        /** The version of the module, whose own number never changes. */
        public String moduleVersion() {
            return "v0.0.1-go%s.linux-%s".formatted(version, arch);
        }
    }

    /** A Python wheel for Linux on this processor. */
    record Wheel(String name, String version, String arch, String sha256) implements LockedSource {}

    /** The kind as the lock writes it. */
    default String kind() {
        return switch (this) {
            case Deb deb -> "deb";
            case DebSource source -> "deb-source";
            case Go go -> "go";
            case Wheel wheel -> "wheel";
        };
    }
}
