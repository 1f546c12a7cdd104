package dev.ashlar.images.recipe;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.oci.Platform;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

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

    /** What tells it from a source of the same kind and name: the processor that it is for; empty when there is one alone. */
    default String arch() {
        return "";
    }

    /** Whether an image for this platform is made of it. */
    default boolean isFor(Platform platform) {
        return true;
    }

    /** As which machine its registry is asked: this one where it is for that. */
    default Platform platform() {
        return Stream.concat(Stream.of(Platform.own()), Stream.of(Platform.values()))
                .filter(this::isFor)
                .findFirst()
                .orElseThrow(() -> new BuildException("%s: %s %s is for %s, which no image is made for; correct it"
                        .formatted(Lock.FILE, kind(), name(), arch())));
    }

    /** A binary Debian package; its architecture may be {@code all}. */
    record Deb(String name, String version, String arch, String sha256) implements LockedSource {
        @Override
        public boolean isFor(Platform platform) {
            return arch.equals("all") || arch.equals(platform.architecture());
        }
    }

    /** A Debian source package; the hashes by file name. */
    record DebSource(String name, String version, Map<String, String> sha256) implements LockedSource {
        public DebSource {
            sha256 = java.util.Collections.unmodifiableMap(new TreeMap<>(sha256 == null ? Map.of() : sha256));
        }
    }

    /** The Go toolchain: the zip of the module golang.org/toolchain, as a module proxy serves it. */
    record Go(String name, String version, String arch, String sha256) implements LockedSource {
        @Override
        public boolean isFor(Platform platform) {
            return arch.equals(platform.architecture());
        }

        /** The version of the module, whose own number never changes. */
        public String moduleVersion() {
            return "v0.0.1-go%s.linux-%s".formatted(version, arch);
        }
    }

    /** A Python wheel for Linux on a processor, or on {@code any}. */
    record Wheel(String name, String version, String arch, String sha256) implements LockedSource {
        @Override
        public boolean isFor(Platform platform) {
            return arch.equals("any") || arch.equals(platform.machine());
        }
    }

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
