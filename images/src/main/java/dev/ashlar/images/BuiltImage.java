package dev.ashlar.images;

import dev.ashlar.images.oci.Layout;
import dev.ashlar.images.origin.Origins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An image that is built and checked: for one platform, or for several under one index.
 *
 * @param name its folder in {@code images/}, or the name it was given
 * @param digest {@code sha256:} and 64 hex digits, of the manifest or the index
 * @param layout an OCI image layout folder with this alone; of a manifest, also with the origins of its files
 * @param recipe the file of the repository that says how it is made; empty for a website, which is made of a folder
 * @param below the images of an index, one for each platform; none of a manifest
 */
public record BuiltImage(String name, String digest, Path layout, Optional<String> recipe, List<BuiltImage> below) {
    /** The images that have files: those of an index, or this one. */
    public List<BuiltImage> images() {
        return below.isEmpty() ? List.of(this) : below;
    }

    /** Of the index and of the images below it; or of this image. */
    public Stream<String> digests() {
        return Stream.concat(Stream.of(digest), below.stream().map(BuiltImage::digest));
    }

    /** Writes the image as one OCI tar that containerd imports under exactly this reference. */
    public void writeTar(Path tar, String reference) {
        try {
            new Layout(layout).writeTar(tar, reference);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write image %s to %s".formatted(name, tar), e);
        }
    }

    /** Where each file of an image for one platform comes from. */
    public Origins origins() {
        try {
            return Origins.read(layout);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the origins of image " + name, e);
        }
    }

    /** The bytes of all layers and configs, as a registry stores them. */
    public long size() {
        try {
            return new Layout(layout)
                    .blobs().stream().mapToLong(blob -> blob.size()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read image " + name, e);
        }
    }
}
