package dev.ashlar.images.layer;

import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.origin.Source;
import dev.ashlar.images.recipe.LayerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Zig as cgo's C compiler, with the static libraries that a script of the image's folder builds for it. */
record CgoTools(Bench bench, LayerSpec.Go spec) {
    /** Answers like pkg-config for libraries in our own folder: package libNAME is -lNAME. */
    private static final String PKG_CONFIG = """
            #!/bin/sh
            cflags= libs=
            for word; do case $word in
              --cflags) cflags=1 ;;
              --libs) libs=1 ;;
              -*) ;;
              *) test -z "$cflags" || echo "-IPREFIX/include"
                 test -z "$libs" || echo "-LPREFIX/lib -l${word#lib}" ;;
            esac; done
            """;

    private Optional<Script> script() {
        return Optional.ofNullable(spec.script()).map(script -> new Script(bench, spec.sources(), script));
    }

    void addInputs(Sha256 inputs) throws IOException {
        new Zig(bench).addInputs(inputs);
        if (script().isPresent()) {
            script().get().addInputs(inputs);
        }
    }

    void fetch() {
        new Zig(bench).fetch();
        script().ifPresent(Script::fetch);
    }

    /** Builds the libraries, sets what go build needs into its environment, and returns what they come from. */
    List<Source> prepare(Path work, Map<String, String> environment) throws IOException {
        Path libraries = Files.createDirectories(work.resolve("libraries"));
        List<Source> from = List.of(new Zig(bench).source());
        if (script().isPresent()) {
            Path scriptWork = Files.createDirectories(work.resolve("script"));
            from = script().get().run(scriptWork, libraries);
        }
        environment.putAll(new Zig(bench).tools(work));
        Path pkgConfig = work.resolve("tools/pkg-config");
        Files.writeString(pkgConfig, PKG_CONFIG.replace("PREFIX", libraries.toString()));
        Files.setPosixFilePermissions(pkgConfig, PosixFilePermissions.fromString("rwxr-xr-x"));
        environment.put("PKG_CONFIG", pkgConfig.toString());
        environment.put("CGO_ENABLED", "1");
        environment.put("CGO_CFLAGS", "-O2 -I" + libraries.resolve("include"));
        environment.put("CGO_LDFLAGS", "-O2 -L" + libraries.resolve("lib"));
        return from;
    }
}
