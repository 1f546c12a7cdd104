package dev.ashlar.images.layer;

import dev.ashlar.images.cache.BuildCache;
import dev.ashlar.images.fetch.Sources;
import dev.ashlar.images.host.Progress;
import dev.ashlar.images.recipe.Lock;
import java.nio.file.Path;

/**
 * What the layers of one image are made with.
 *
 * @param image the image's name
 * @param root the checkout
 * @param lock which outside sources there are
 * @param sources those sources' files
 * @param tools the cache for compilers that are unpacked once
 * @param compilerCache where compilers keep what they compiled
 * @param ownFiles the image's folder as compilers see it
 * @param progress for the user
 */
public record Bench(
        String image,
        Path root,
        Lock lock,
        Sources sources,
        BuildCache tools,
        CompilerCache compilerCache,
        OwnFiles ownFiles,
        Progress progress) {
    /** The image's folder in the checkout. */
    public Path folder() {
        return root.resolve("images").resolve(image);
    }
}
