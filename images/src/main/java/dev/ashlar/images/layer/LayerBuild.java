package dev.ashlar.images.layer;

import dev.ashlar.images.fetch.SourceFolder;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.origin.Origins;
import dev.ashlar.images.recipe.LayerSpec;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How one layer is made. */
public sealed interface LayerBuild permits GoBuild, CBuild, NpmBuild, DebFiles, WheelFiles, PlainFiles {
    static LayerBuild of(LayerSpec spec, Bench bench) {
        return switch (spec) {
            case LayerSpec.Go go -> new GoBuild(go, bench);
            case LayerSpec.C c -> new CBuild(c, bench);
            case LayerSpec.Npm npm -> new NpmBuild(npm, bench);
            case LayerSpec.Deb deb -> new DebFiles(deb.on(bench.platform()), bench);
            case LayerSpec.Wheel wheel -> new WheelFiles(wheel, bench);
            case LayerSpec.Files files -> new PlainFiles(files, bench);
        };
    }

    /** Adds all that the files depend on: equal inputs, equal files. */
    void addInputs(Sha256 inputs) throws IOException;

    /** Brings all that the build reads to this machine: the only step that has a network; {@code work} is as in build. */
    void fetch(Path work) throws IOException;

    /**
     * Brings what the build reads and lock.yaml does not list into a folder that builds can take it from; {@code work} is the
     * same for all layers.
     */
    default void gather(Path work, SourceFolder folder) throws IOException {
        // lock.yaml lists all that the other kinds read
    }

    /**
     * Puts the files into an empty folder, which becomes the root of the image, and returns where each comes from;
     * {@code work} is for what is temporary.
     */
    Origins build(Path tree, Path work) throws IOException;

    /** Room on the disk that the build needs at least. */
    long mebibytes() throws IOException;

    /** The kind's name, for messages. */
    String kind();

    /** The mode of each file; null: by whether it is executable. */
    default @Nullable Integer fileMode() {
        return null;
    }
}
