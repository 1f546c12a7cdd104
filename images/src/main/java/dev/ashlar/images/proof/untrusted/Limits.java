package dev.ashlar.images.proof.untrusted;

import java.time.Duration;

/**
 * How much of an image is looked at before it is refused.
 *
 * @param json bytes of one manifest, index or config
 * @param sbom bytes of an SBOM
 * @param manifests in one index
 * @param layers in one image
 * @param unpacked bytes of all layers of an image, unpacked
 * @param ratio unpacked bytes for each byte of a layer, once it gave more than {@link #FREE}
 * @param paths different ones in an image and its SBOM together, folders included
 * @param time for one image
 */
public record Limits(
        int json, long sbom, int manifests, int layers, long unpacked, int ratio, int paths, Duration time) {
    /** What any layer may unpack to, whatever its size. */
    static final long FREE = 64L << 20;

    public static final Limits DEFAULT =
            new Limits(4 << 20, 256L << 20, 16, 127, 8L << 30, 200, 300_000, Duration.ofMinutes(10));
}
