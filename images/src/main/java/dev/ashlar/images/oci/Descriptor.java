package dev.ashlar.images.oci;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Names a blob by its digest.
 *
 * @param artifactType what an attached artifact is, in a list of them
 * @param digest {@code sha256:} and 64 hex digits
 * @param size in bytes
 */
@JsonInclude(Include.NON_EMPTY)
public record Descriptor(
        String mediaType,
        @Nullable String artifactType,
        String digest,
        long size,
        Map<String, String> platform,
        Map<String, String> annotations) {
    public static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    public static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";

    public Descriptor {
        platform = platform == null ? Map.of() : platform;
        annotations = annotations == null ? Map.of() : annotations;
    }

    /** Of 64 hex digits. */
    public static Descriptor of(String mediaType, String hex, long size) {
        return new Descriptor(mediaType, null, "sha256:" + hex, size, Map.of(), Map.of());
    }

    /** The same for one platform, as an index lists it. */
    Descriptor withPlatform(SortedMap<String, String> other) {
        return new Descriptor(mediaType, artifactType, digest, size, other, annotations);
    }

    /** The same with these annotations alone. */
    Descriptor withAnnotations(Map<String, String> other) {
        return new Descriptor(mediaType, artifactType, digest, size, platform, other);
    }

    /** The 64 hex digits of the digest, which are the blob's file name in a layout. */
    public String hex() {
        return digest.substring("sha256:".length());
    }
}
