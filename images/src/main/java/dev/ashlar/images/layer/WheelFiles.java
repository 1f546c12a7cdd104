package dev.ashlar.images.layer;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.origin.Origins;
import dev.ashlar.images.origin.Source;
import dev.ashlar.images.origin.WheelMetadata;
import dev.ashlar.images.recipe.LayerSpec;
import dev.ashlar.images.recipe.LockedSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A file or folder out of a locked Python wheel. */
record WheelFiles(LayerSpec.Wheel spec, Bench bench) implements LayerBuild {
    private LockedSource.Wheel locked() {
        return bench.lock().wheel(spec.name(), bench.platform());
    }

    @Override
    public void addInputs(Sha256 inputs) {
        inputs.add("wheel", locked().toString()).add("from", spec.from()).add("to", spec.to());
    }

    @Override
    public void fetch(Path work) {
        bench.sources().files(locked());
    }

    @Override
    public Origins build(Path tree, Path work) throws IOException {
        Path wheel = bench.sources().files(locked()).getFirst();
        int count = Zip.unpack(wheel, spec.from(), tree.resolve(spec.to().substring(1)));
        if (count == 0) {
            throw new BuildException("image %s: wheel %s %s has no %s; see its content with: unzip -l %s"
                    .formatted(bench.image(), spec.name(), locked().version(), spec.from(), wheel));
        }
        return Origins.of(tree, List.of(Source.of(locked(), WheelMetadata.licences(wheel))));
    }

    @Override
    public long mebibytes() {
        return 400;
    }

    @Override
    public String kind() {
        return "wheel";
    }
}
