package dev.ashlar.images.layer;

import dev.ashlar.images.fetch.SourceFolder;
import dev.ashlar.images.host.Command;
import dev.ashlar.images.host.Command.Result;
import dev.ashlar.images.recipe.LayerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The modules that Go programs are made of: go is let find all packages, for which it downloads just their modules. */
record GoModules(LayerSpec.Go spec, Bench bench) {
    /** Into the user's module cache. */
    void fetch(Path work) throws IOException {
        GoEnvironment go = environment();
        list(go, go.ofFetch(work), Files.createDirectories(work.resolve("fetch")));
    }

    /** Into a folder; {@code work} is where go's cache of all layers is that are gathered. */
    void gather(Path work, SourceFolder folder) throws IOException {
        GoEnvironment go = environment();
        Path modules = Files.createDirectories(work.resolve("modules"));
        list(go, go.ofGathering(work, modules), Files.createTempDirectory(work, bench.image()));
        Path downloads = modules.resolve("cache/download");
        if (Files.isDirectory(downloads)) { // a program may need no module
            folder.addModules(downloads);
        }
    }

    private GoEnvironment environment() throws IOException {
        return new GoEnvironment(bench, new GoToolchain(bench).root());
    }

    private void list(GoEnvironment go, Map<String, String> environment, Path module) throws IOException {
        environment.put("CGO_ENABLED", spec.cgo() ? "1" : "0");
        bench.ownFiles().copyTo(module);
        List<String> arguments =
                new ArrayList<>(List.of(go.program().toString(), "list", "-deps", "-f", "{{with .Error}}{{.}}{{end}}"));
        addTags(spec, arguments);
        arguments.addAll(spec.packages().keySet());
        Path log = module.resolveSibling(module.getFileName() + ".log");
        Command command = new Command(module, environment, arguments, log);
        String purpose = "image %s, Go modules".formatted(bench.image());
        if (bench.sources().folder().isEmpty()) {
            command.mustRun(purpose);
            return;
        }
        Result result = command.run();
        if (!result.ok()) {
            throw command.failure(
                    purpose, result, "; " + bench.sources().folder().get().remedy());
        }
    }

    static void addTags(LayerSpec.Go spec, List<String> arguments) {
        if (!spec.tags().isEmpty()) {
            arguments.addAll(List.of("-tags", String.join(",", spec.tags())));
        }
    }
}
