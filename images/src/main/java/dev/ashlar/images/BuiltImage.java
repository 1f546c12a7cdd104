package dev.ashlar.images;

import java.nio.file.Path;

/**
 * An image that is built and checked.
 *
 * @param name its folder in {@code images/}, or the name it was given
 * @param digest {@code sha256:} and 64 hex digits, of the manifest
 * @param layout an OCI image layout folder with this one manifest, linux/amd64
 */
public record BuiltImage(String name, String digest, Path layout) {
    /** Writes the image as one OCI tar that containerd imports under exactly this reference. */
    public void writeTar(Path tar, String reference) {
        throw new UnsupportedOperationException("comes with the layout writer");
    }
}
