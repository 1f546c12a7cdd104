package dev.ashlar.images.layer;

import dev.ashlar.images.cache.BuildCache;
import dev.ashlar.images.fetch.Sources;
import dev.ashlar.images.host.Progress;
import dev.ashlar.images.oci.Platform;
import dev.ashlar.images.origin.DebianRelease;
import dev.ashlar.images.origin.Source;
import dev.ashlar.images.recipe.Lock;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What the layers of one image are made with.
 *
 * @param image the image's name
 * @param platform what the image is for
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
        Platform platform,
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

    /** Debian's release that the lock is of, as {@code debian-12}; empty when it does not say. */
    String debianRelease() {
        return DebianRelease.of(lock.sources());
    }

    /** The image's folder as a source: what the repository itself gives to a build. */
    Source ownSource() throws IOException {
        return Source.tree("ashlar/images/" + image, ownFiles.hash());
    }
}
