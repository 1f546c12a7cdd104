package dev.ashlar.images.layer;

import dev.ashlar.images.host.Command;
import dev.ashlar.images.host.Offline;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.origin.DebianCopyright;
import dev.ashlar.images.origin.Source;
import dev.ashlar.images.recipe.LockedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A build script of an image's folder. It runs by sh, in a copy of that folder, and is given CC, CXX, AR and RANLIB (zig),
 * TRY_CC (for a configure script that runs what it compiles: compiles for the target, and over it for this machine), MACHINE
 * (x86_64 or aarch64, the target), SRC_NAME (the unpacked source package NAME, Debian's patches applied), OUT (where the result
 * goes) and JOBS.
 */
record Script(Bench bench, List<String> sources, String script) {
    void addInputs(Sha256 inputs) throws IOException {
        new Zig(bench).addInputs(inputs);
        inputs.add("script", script).add("own files", bench.ownFiles().hash());
        for (String source : sources) {
            inputs.add("source", bench.lock().debSource(source).toString());
        }
    }

    void fetch() {
        new Zig(bench).fetch();
        for (String source : sources) {
            bench.sources().files(bench.lock().debSource(source));
        }
    }

    /** Returns what the result comes from. */
    List<Source> run(Path work, Path out) throws IOException {
        Map<String, String> environment = HostRun.environment(work, work.resolve("tools") + ":");
        environment.putAll(new Zig(bench).tools(work));
        environment.put("MACHINE", bench.platform().machine());
        environment.put("OUT", out.toString());
        environment.put("JOBS", String.valueOf(Runtime.getRuntime().availableProcessors()));
        Files.createDirectories(work.resolve("home"));
        Files.createDirectories(work.resolve("tmp"));
        List<Source> from = new ArrayList<>(List.of(bench.ownSource(), new Zig(bench).source()));
        for (String name : sources) {
            LockedSource.DebSource source = bench.lock().debSource(name);
            Path tree = work.resolve("source").resolve(name);
            new SourceTree(source, tree, work.resolve("unpack.log"), new Offline(bench.progress()))
                    .unpack(bench.sources().files(source));
            from.add(Source.of(
                    source, bench.debianRelease(), DebianCopyright.licences(tree.resolve("debian/copyright"))));
            environment.put("SRC_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"), tree.toString());
        }
        Path own = work.resolve("own");
        bench.ownFiles().copyTo(own);
        Command command = new Command(own, environment, List.of("/bin/sh", "-eu", script), work.resolve("script.log"));
        new Offline(bench.progress()).mustRun(command, "image " + bench.image());
        return from;
    }
}
