package dev.ashlar.images.oci;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.images.host.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One document about an image as an OCI 1.1 artifact: a manifest whose {@code subject} is the image, an empty config and
 * the document; the same document about the same image has the same digest.
 *
 * @param subject the image's manifest, or its index
 * @param type what the document is, both as the manifest's {@code artifactType} and as the media type of its layer
 * @param manifest the bytes of the artifact's manifest
 * @param blobs config and document, to be uploaded before the manifest
 */
public record Artifact(Descriptor subject, String type, Blob manifest, List<Blob> blobs) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String EMPTY = "application/vnd.oci.empty.v1+json";

    /** A blob in memory; its descriptor is that of the content. */
    public record Blob(Descriptor descriptor, byte[] content) {
        static Blob of(String mediaType, byte[] content) {
            return new Blob(Descriptor.of(mediaType, Sha256.of(content), content.length), content);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record ArtifactManifest(
            int schemaVersion,
            String mediaType,
            String artifactType,
            Descriptor config,
            List<Descriptor> layers,
            Descriptor subject,
            SortedMap<String, String> annotations) {}

    /**
     * An artifact with this one document.
     *
     * @param annotations on the manifest, which a registry repeats when it lists the referrers of the image
     */
    public static Artifact of(Descriptor subject, String type, byte[] document, Map<String, String> annotations) {
        Descriptor image = Descriptor.of(subject.mediaType(), subject.hex(), subject.size());
        Blob config = Blob.of(EMPTY, "{}".getBytes(StandardCharsets.UTF_8));
        Blob layer = Blob.of(type, document);
        try {
            byte[] manifest = JSON.writeValueAsBytes(new ArtifactManifest(
                    2,
                    Descriptor.MANIFEST,
                    type,
                    config.descriptor(),
                    List.of(layer.descriptor()),
                    image,
                    new TreeMap<>(annotations)));
            return new Artifact(image, type, Blob.of(Descriptor.MANIFEST, manifest), List.of(config, layer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings and numbers can be written as JSON", e);
        }
    }

    /** The document itself. */
    public byte[] document() {
        return blobs.getLast().content();
    }
}
