package dev.ashlar.images.layer;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.origin.Origins;
import dev.ashlar.images.origin.Source;
import dev.ashlar.images.recipe.LayerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a script builds with zig from Debian source packages. */
record CBuild(LayerSpec.C spec, Bench bench) implements LayerBuild {
    @Override
    public void addInputs(Sha256 inputs) throws IOException {
        new Script(bench, spec.sources(), spec.script()).addInputs(inputs);
    }

    @Override
    public void fetch(Path work) {
        new Script(bench, spec.sources(), spec.script()).fetch();
    }

    @Override
    public Origins build(Path tree, Path work) throws IOException {
        List<Source> sources = new Script(bench, spec.sources(), spec.script()).run(work, tree);
        try (var files = Files.list(tree)) {
            if (files.findAny().isEmpty()) {
                throw new BuildException("image %s: %s put nothing under $OUT".formatted(bench.image(), spec.script()));
            }
        }
        return Origins.of(tree, sources);
    }

    @Override
    public long mebibytes() {
        return 700;
    }

    @Override
    public String kind() {
        return "c";
    }
}
