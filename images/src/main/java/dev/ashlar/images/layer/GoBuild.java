package dev.ashlar.images.layer;

import dev.ashlar.images.fetch.SourceFolder;
import dev.ashlar.images.host.Command;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Offline;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.origin.Origins;
import dev.ashlar.images.origin.Source;
import dev.ashlar.images.recipe.LayerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Go programs, built by exactly the locked toolchain; go.sum locks every module. */
record GoBuild(LayerSpec.Go spec, Bench bench) implements LayerBuild {
    @Override
    public void addInputs(Sha256 inputs) throws IOException {
        inputs.add("go", spec.toString()).add("own files", bench.ownFiles().hash());
        bench.platform().addTo(inputs);
        new GoToolchain(bench).addInputs(inputs);
        if (spec.cgo()) {
            new CgoTools(bench, spec).addInputs(inputs);
        }
    }

    @Override
    public void fetch(Path work) throws IOException {
        new GoModules(spec, bench).fetch(work);
        if (spec.cgo()) {
            new CgoTools(bench, spec).fetch();
        }
    }

    @Override
    public void gather(Path work, SourceFolder folder) throws IOException {
        new GoModules(spec, bench).gather(work, folder);
    }

    @Override
    public Origins build(Path tree, Path work) throws IOException {
        Path module = work.resolve("own");
        bench.ownFiles().copyTo(module);
        GoEnvironment go = new GoEnvironment(bench, new GoToolchain(bench).root());
        Map<String, String> environment = go.ofBuild(work);
        List<Source> compiled = new ArrayList<>(List.of(bench.ownSource()));
        if (spec.cgo()) {
            compiled.addAll(new CgoTools(bench, spec).prepare(work, environment));
        }
        for (Map.Entry<String, String> program : spec.packages().entrySet()) {
            Path target = tree.resolve(program.getValue().substring(1));
            Files.createDirectories(Folders.parent(target));
            Command command = new Command(
                    module, environment, arguments(go.program(), program.getKey(), target), work.resolve("go.log"));
            new Offline(bench.progress())
                    .mustRun(command, "image %s, package %s".formatted(bench.image(), program.getKey()));
        }
        Path modules = Path.of(environment.getOrDefault("GOMODCACHE", ""));
        GoOrigins origins = new GoOrigins(modules, bench.lock().go(), compiled);
        return origins.of(tree, spec.packages().values());
    }

    private List<String> arguments(Path go, String importPath, Path target) {
        String flags = spec.ldflags() == null ? "-s -w" : spec.ldflags();
        List<String> arguments = new ArrayList<>(
                List.of(go.toString(), "build", "-trimpath", "-buildvcs=false", "-o", target.toString()));
        GoModules.addTags(spec, arguments);
        // The build ID hashes the C compiler's folder; nothing else of it would show in the program.
        String linker = spec.cgo() ? " -linkmode external -extldflags -static" : "";
        arguments.addAll(List.of("-ldflags", "-buildid= " + flags + linker, importPath));
        return arguments;
    }

    @Override
    public long mebibytes() {
        return 1000;
    }

    @Override
    public String kind() {
        return "go";
    }
}
