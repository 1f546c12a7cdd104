package dev.ashlar.images.layer;

import dev.ashlar.images.cache.BuildCache.Wanted;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.origin.Source;
import dev.ashlar.images.origin.WheelMetadata;
import dev.ashlar.images.recipe.LockedSource;
import dev.ashlar.images.recipe.Need;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The C compiler: zig out of its locked wheel, for static programs against musl, without anything of the host. */
record Zig(Bench bench) {
    private static final String TARGET = "x86_64-linux-musl";

    private LockedSource.Wheel locked() {
        return bench.lock().wheel(Need.ZIG);
    }

    void addInputs(Sha256 inputs) {
        inputs.add("zig", locked().toString()).add("target", TARGET);
    }

    /** The compiler with the libc that it links. */
    Source source() throws IOException {
        return Source.of(
                locked(), WheelMetadata.licences(bench.sources().files(locked()).getFirst()));
    }

    void fetch() {
        program();
    }

    private Path program() {
        Wanted wanted = new Wanted(
                Need.ZIG, new Sha256().add("wheel", locked().toString()).hex(), 500);
        Path folder = bench.tools().get(wanted, (content, work) -> {
            Path wheel = bench.sources().files(locked()).getFirst();
            bench.progress().say("unpacking zig %s", locked().version());
            Zip.unpack(wheel, Need.ZIG, content);
        });
        return folder.resolve("zig");
    }

    /** Writes cc, c++, ar and ranlib into {@code work/tools} and returns the environment that names them. */
    Map<String, String> tools(Path work) throws IOException {
        Path zig = program();
        Path tools = Files.createDirectories(work.resolve("tools"));
        // The folder of a build must not show in debug information or __FILE__.
        String compile = " -target " + TARGET + " -ffile-prefix-map=" + work + "=/build";
        Map<String, String> commands = new LinkedHashMap<>();
        commands.put("CC", "cc" + compile);
        commands.put("CXX", "c++" + compile);
        commands.put("AR", "ar");
        commands.put("RANLIB", "ranlib");
        Map<String, String> environment = new TreeMap<>(bench.compilerCache().forZig());
        for (Map.Entry<String, String> command : commands.entrySet()) {
            Path tool = tools.resolve(command.getValue().split(" ", 2)[0]);
            Files.writeString(tool, "#!/bin/sh\nexec '%s' %s \"$@\"\n".formatted(zig, command.getValue()));
            Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
            environment.put(command.getKey(), tool.toString());
        }
        return environment;
    }
}
