package dev.ashlar.images.layer;

import dev.ashlar.images.fetch.MavenLock;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.origin.MavenJars;
import dev.ashlar.images.origin.Origins;
import dev.ashlar.images.origin.Source;
import dev.ashlar.images.recipe.LayerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files of the checkout as they are. */
record PlainFiles(LayerSpec.Files spec, Bench bench) implements LayerBuild {
    private Path source() {
        String from = spec.from();
        Path path = from.startsWith("/")
                ? bench.root().resolve(from.substring(1))
                : bench.folder().resolve(from);
        Path source = path.normalize();
        if (!source.startsWith(bench.root())) {
            throw new BuildException("image %s: files from %s leaves the checkout; name a path inside it"
                    .formatted(bench.image(), from));
        }
        if (!Files.exists(source)) {
            throw new BuildException("image %s: there is no %s; make it first%s"
                    .formatted(
                            bench.image(),
                            bench.root().relativize(source),
                            from.contains("target/") ? " with: make build" : ""));
        }
        return source;
    }

    @Override
    public void addInputs(Sha256 inputs) throws IOException {
        inputs.add("files", spec.to() + " " + spec.mode()).add("content", Folders.hash(source(), file -> true));
    }

    @Override
    public void fetch(Path work) {
        // they are in the checkout
    }

    @Override
    public Origins build(Path tree, Path work) throws IOException {
        Path source = source();
        String to = spec.to().substring(1);
        boolean into = to.endsWith("/") && !Files.isDirectory(source);
        Path copy = tree.resolve(into ? to + Folders.name(source) : to);
        Folders.copy(source, copy, file -> true);
        Map<String, Source> jars = new HashMap<>();
        Optional<MavenJars> maven = MavenJars.of(source);
        if (maven.isPresent()) {
            MavenLock lock = MavenLock.read(bench.root());
            for (Path file : Folders.below(copy)) {
                Optional<String> path = maven.get().path(file);
                if (path.isPresent()) {
                    lock.requireJar(path.get(), file);
                }
                maven.get().artifact(file).ifPresent(jar -> jars.put("/" + tree.relativize(file), jar));
            }
        }
        Source own = Source.tree("ashlar/" + bench.root().relativize(source), Folders.hash(source, file -> true));
        return Origins.of(tree, "", path -> List.of(jars.getOrDefault(path, own)));
    }

    @Override
    public long mebibytes() {
        return 100;
    }

    @Override
    public String kind() {
        return "files";
    }

    @Override
    public @Nullable Integer fileMode() {
        String mode = spec.mode();
        if (mode == null) {
            return null;
        }
        if (!mode.matches("[0-7]{3,4}")) {
            throw new BuildException("image %s: mode %s of %s is not octal; write it as \"0644\""
                    .formatted(bench.image(), mode, spec.to()));
        }
        return Integer.parseInt(mode, 8);
    }
}
