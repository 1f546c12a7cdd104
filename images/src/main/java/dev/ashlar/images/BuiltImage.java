package dev.ashlar.images;

import dev.ashlar.images.oci.Layout;
import dev.ashlar.images.origin.Origins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An image that is built and checked.
 *
 * @param name its folder in {@code images/}, or the name it was given
 * @param digest {@code sha256:} and 64 hex digits, of the manifest
 * @param layout an OCI image layout folder with this one manifest, linux/amd64, and with the origins of its files
 * @param recipe the file of the repository that says how it is made; empty for a website, which is made of a folder
 */
public record BuiltImage(String name, String digest, Path layout, Optional<String> recipe) {
    /** Writes the image as one OCI tar that containerd imports under exactly this reference. */
    public void writeTar(Path tar, String reference) {
        try {
            new Layout(layout).writeTar(tar, reference);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write image %s to %s".formatted(name, tar), e);
        }
    }

    /** Where each of its files comes from. */
    public Origins origins() {
        try {
            return Origins.read(layout);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the origins of image " + name, e);
        }
    }

    /** The bytes of all layers and the config, as a registry stores them. */
    public long size() {
        try {
            return new Layout(layout)
                    .manifest().blobs().stream().mapToLong(blob -> blob.size()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read image " + name, e);
        }
    }
}
