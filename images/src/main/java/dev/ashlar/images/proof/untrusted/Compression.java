package dev.ashlar.images.proof.untrusted;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** How a layer is packed, as its media type says. */
enum Compression {
    NONE,
    GZIP,
    ZSTD;

    private static final String OCI = "application/vnd.oci.image.layer.v1.tar";

    static Optional<Compression> of(String mediaType) {
        return switch (mediaType) {
            case OCI -> Optional.of(NONE);
            case OCI + "+gzip", "application/vnd.docker.image.rootfs.diff.tar.gzip" -> Optional.of(GZIP);
            case OCI + "+zstd" -> Optional.of(ZSTD);
            default -> Optional.empty();
        };
    }

    /** Unpacks; the largest zstd window is 8 MiB, as encoders use unless they are told otherwise. */
    InputStream open(InputStream packed) throws IOException {
        return switch (this) {
            case NONE -> packed;
            case GZIP -> new GZIPInputStream(packed, 1 << 16);
            case ZSTD -> new ZstdInputStream(packed);
        };
    }
}
