package dev.ashlar.images;

import dev.ashlar.images.cache.BuildCache;
import dev.ashlar.images.fetch.SourceFolder;
import dev.ashlar.images.host.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One recipe on its way to what it makes: an image for each platform that is wanted, under an index when they are several, or a
 * folder of programs.
 */
record RecipeBuild(boolean makesPrograms, BuildCache cache, List<ImageBuild> builds) {
    /** The image or index; throws when the recipe makes programs. */
    BuiltImage image() {
        return ImageIndex.of(builds.stream().map(ImageBuild::image).toList(), cache);
    }

    /** The folder of programs; throws when the recipe makes an image. */
    Path programs() {
        return builds.getFirst().programs();
    }

    /** The hash of everything that the result depends on. */
    String inputs() {
        if (builds.size() == 1) {
            return builds.getFirst().inputs();
        }
        Sha256 inputs = new Sha256();
        builds.forEach(build -> inputs.add("image", build.inputs()));
        return inputs.hex();
    }

    /** Whether everything that takes time is in the cache, and whole. */
    boolean isCached() {
        return builds.stream().allMatch(ImageBuild::isCached);
    }

    /** Whether everything is in the cache and no byte of it changed. */
    boolean isWhole() {
        return builds.stream().allMatch(ImageBuild::isWhole);
    }

    /** Brings what is built from and lock.yaml does not list into a folder; {@code work} is the same for all images. */
    void gather(Path work, SourceFolder folder) throws IOException {
        for (ImageBuild build : builds) {
            build.gather(work, folder);
        }
    }
}
