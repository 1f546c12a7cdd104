package dev.ashlar.images.layer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.images.fetch.Npm;
import dev.ashlar.images.fetch.SourceFolder;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Command;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Offline;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.origin.LicenceText;
import dev.ashlar.images.origin.NpmPackages;
import dev.ashlar.images.origin.Origins;
import dev.ashlar.images.origin.Source;
import dev.ashlar.images.recipe.LayerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a script makes with Node.js of a Go module that brings its own package.json. go.sum holds the module, whose
 * pnpm-lock.yaml holds every package; package-lock.json in the image's folder holds pnpm itself.
 */
record NpmBuild(LayerSpec.Npm spec, Bench bench) implements LayerBuild {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public void addInputs(Sha256 inputs) throws IOException {
        inputs.add("npm", spec.toString()).add("own files", bench.ownFiles().hash());
        new Node(bench).addInputs(inputs);
    }

    @Override
    public void fetch(Path work) throws IOException {
        layOut(work, bench.sources().npm(), go().ofFetch(work));
    }

    @Override
    public void gather(Path work, SourceFolder folder) throws IOException {
        Path modules = Files.createDirectories(work.resolve("modules"));
        layOut(Files.createTempDirectory(work, bench.image()), folder.fetchingNpm(), go().ofGathering(work, modules));
        folder.addModules(modules.resolve("cache/download"));
    }

    /** Lays the module and all packages out below {@code work}; no code of a package runs while there is a network. */
    private void layOut(Path work, Npm npm, Map<String, String> goEnvironment) throws IOException {
        Path node = new Node(bench).folder();
        Path own = own(work);
        bench.ownFiles().copyTo(own);
        npm.install(node, own, "image %s, pnpm".formatted(bench.image()));
        Path module = module(work);
        Folders.copy(asDownloaded(download(work, goEnvironment)), module, file -> true);
        Path pnpm = own.resolve("node_modules/pnpm");
        npm.installByPnpm(node, pnpm, module, "image %s, npm packages".formatted(bench.image()));
    }

    private GoEnvironment go() throws IOException {
        return new GoEnvironment(bench, new GoToolchain(bench).root());
    }

    /** What go says of the module, after it has downloaded and checked it. */
    private JsonNode download(Path work, Map<String, String> environment) throws IOException {
        List<String> arguments = List.of(go().program().toString(), "mod", "download", "-json", spec.module());
        String output = new Command(own(work), environment, arguments, work.resolve("module.json"))
                .mustRun("image %s, module %s".formatted(bench.image(), spec.module()))
                .output();
        return JSON.readTree(output);
    }

    @Override
    public Origins build(Path tree, Path work) throws IOException {
        JsonNode said = JSON.readTree(work.resolve("module.json").toFile());
        Source module = source(said);
        List<Source> all = new ArrayList<>(List.of(module, bench.ownSource(), new Node(bench).source()));
        all.addAll(NpmPackages.installed(module(work)));
        run(tree, work);
        Set<String> ofModule = hashes(asDownloaded(said));
        Origins made = Origins.of(tree, all);
        return Origins.of(tree, "", path -> ofModule.contains(made.file(path).sha256()) ? List.of(module) : all);
    }

    private void run(Path tree, Path work) throws IOException {
        Map<String, String> environment =
                HostRun.environment(work, new Node(bench).folder().resolve("bin") + ":");
        environment.put("MODULE", module(work).toString());
        environment.put("OUT", tree.toString());
        Files.createDirectories(work.resolve("home"));
        Files.createDirectories(work.resolve("tmp"));
        Command command = new Command(
                own(work), environment, List.of("/bin/sh", "-eu", spec.script()), work.resolve("script.log"));
        new Offline(bench.progress()).mustRun(command, "image " + bench.image());
        if (Folders.below(tree).isEmpty()) {
            throw new BuildException("image %s: %s put nothing under $OUT".formatted(bench.image(), spec.script()));
        }
    }

    private static Path own(Path work) {
        return work.resolve("own");
    }

    private static Path module(Path work) {
        return work.resolve("module");
    }

    private static Path asDownloaded(JsonNode said) {
        return Path.of(said.path("Dir").asText());
    }

    private static Source source(JsonNode said) throws IOException {
        return Source.goModule(
                said.path("Path").asText(),
                said.path("Version").asText(),
                said.path("Sum").asText(),
                LicenceText.ofFolder(asDownloaded(said)));
    }

    private static Set<String> hashes(Path folder) throws IOException {
        Set<String> hashes = new HashSet<>();
        for (Path file : Folders.below(folder)) {
            if (Files.isRegularFile(file)) {
                hashes.add(Sha256.of(file));
            }
        }
        return hashes;
    }

    @Override
    public long mebibytes() {
        return 1500;
    }

    @Override
    public String kind() {
        return "npm";
    }
}
