package dev.ashlar.images.layer;

import dev.ashlar.images.cache.BuildCache.Wanted;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.oci.Platform;
import dev.ashlar.images.origin.Source;
import dev.ashlar.images.origin.WheelMetadata;
import dev.ashlar.images.recipe.LockedSource;
import dev.ashlar.images.recipe.Need;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/** The C compiler: zig out of its locked wheel, for static programs against musl, without anything of the host. */
record Zig(Bench bench) {
    private static String target(Platform platform) {
        return platform.machine() + "-linux-musl";
    }

    private LockedSource.Wheel locked() {
        return bench.lock().wheel(Need.ZIG, Platform.own());
    }

    void addInputs(Sha256 inputs) {
        inputs.add("zig", locked().toString()).add("target", target(bench.platform()));
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

    /** Writes cc, try-cc, c++, ar and ranlib into {@code work/tools} and returns the environment that names them. */
    Map<String, String> tools(Path work) throws IOException {
        String zig = "'" + program() + "' ";
        // The folder of a build must not show in debug information or __FILE__.
        String prefix = " -ffile-prefix-map=" + work + "=/build \"$@\"";
        String cc = zig + "cc -target " + target(bench.platform()) + prefix;
        String ownCc = zig + "cc -target " + target(Platform.own()) + prefix;
        String tryCc = "%s && { %s 2>/dev/null || exec %s; }".formatted(cc, ownCc, cc);
        Path tools = Files.createDirectories(work.resolve("tools"));
        Map<String, String> environment = new TreeMap<>(bench.compilerCache().forZig());
        environment.put("CC", write(tools.resolve("cc"), "exec " + cc));
        environment.put(
                "TRY_CC",
                bench.platform() == Platform.own() ? environment.get("CC") : write(tools.resolve("try-cc"), tryCc));
        environment.put(
                "CXX", write(tools.resolve("c++"), "exec " + zig + "c++ -target " + target(bench.platform()) + prefix));
        environment.put("AR", write(tools.resolve("ar"), "exec " + zig + "ar \"$@\""));
        environment.put("RANLIB", write(tools.resolve("ranlib"), "exec " + zig + "ranlib \"$@\""));
        return environment;
    }

    private static String write(Path tool, String line) throws IOException {
        Files.writeString(tool, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        return tool.toString();
    }
}
