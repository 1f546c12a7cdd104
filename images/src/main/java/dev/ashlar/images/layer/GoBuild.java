package dev.ashlar.images.layer;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Command;
import dev.ashlar.images.host.Folders;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Go programs, built by exactly the toolchain that go.mod names; go.sum locks every module. */
record GoBuild(LayerSpec.Go spec, Bench bench) implements LayerBuild {
    private static final Pattern TOOLCHAIN = Pattern.compile("(?m)^toolchain (go[0-9.]+[a-z0-9]*)\\s*$");
    private static final Pattern GO = Pattern.compile("(?m)^go ([0-9]+\\.[0-9]+\\.[0-9]+)\\s*$");

    @Override
    public void addInputs(Sha256 inputs) throws IOException {
        inputs.add("go", spec.toString()).add("own files", bench.ownFiles().hash());
        if (spec.cgo()) {
            new CgoTools(bench, spec).addInputs(inputs);
        }
    }

    @Override
    public Origins build(Path tree, Path work) throws IOException {
        Path module = work.resolve("own");
        bench.ownFiles().copyTo(module);
        GoEnvironment go = new GoEnvironment(bench, toolchain());
        Map<String, String> environment = go.environment(work);
        List<Source> compiled = new ArrayList<>(List.of(bench.ownSource()));
        if (spec.cgo()) {
            compiled.addAll(new CgoTools(bench, spec).prepare(work, environment));
        }
        for (Map.Entry<String, String> program : spec.packages().entrySet()) {
            Path target = tree.resolve(program.getValue().substring(1));
            Files.createDirectories(Folders.parent(target));
            new Command(module, environment, arguments(program.getKey(), target), work.resolve("go.log"))
                    .mustRun("image %s, package %s".formatted(bench.image(), program.getKey()));
        }
        GoOrigins origins = new GoOrigins(Path.of(environment.getOrDefault("GOMODCACHE", "")), compiled);
        return origins.of(tree, spec.packages().values());
    }

    private List<String> arguments(String importPath, Path target) {
        String flags = spec.ldflags() == null ? "-s -w" : spec.ldflags();
        List<String> arguments = new ArrayList<>(
                List.of("go", "build", "-trimpath", "-buildvcs=false", "-mod=readonly", "-o", target.toString()));
        if (!spec.tags().isEmpty()) {
            arguments.addAll(List.of("-tags", String.join(",", spec.tags())));
        }
        // The build ID hashes the C compiler's folder; nothing else of it would show in the program.
        String linker = spec.cgo() ? " -linkmode external -extldflags -static" : "";
        arguments.addAll(List.of("-ldflags", "-buildid= " + flags + linker, importPath));
        return arguments;
    }

    private String toolchain() throws IOException {
        Path file = bench.folder().resolve("go.mod");
        String text = Files.isRegularFile(file) ? Files.readString(file) : "";
        Matcher toolchain = TOOLCHAIN.matcher(text);
        if (toolchain.find()) {
            return toolchain.group(1);
        }
        Matcher go = GO.matcher(text);
        if (go.find()) {
            return "go" + go.group(1);
        }
        throw new BuildException("images/%s/go.mod names no exact toolchain; add a line such as: toolchain go1.26.8"
                .formatted(bench.image()));
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
