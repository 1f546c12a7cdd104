package dev.ashlar.images.registry;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.images.oci.Artifact;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.oci.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Brings images and artifacts into a repository: what it lacks, and the manifest last, so that nothing is there by half. The
 * tag {@code latest} names the image that was pushed last, for people; whatever runs names a digest.
 */
final class Push {
    private static final String LATEST = "latest";
    private static final JsonMapper JSON = new JsonMapper();

    private Push() {}

    /**
     * Returns the number of bytes sent; 0 when the image was the last one pushed, which one request tells. What is attached to
     * it goes first, so that an image which is there lacks nothing.
     */
    static long to(Registry registry, Layout layout, Supplier<List<Artifact>> attached) {
        try {
            Optional<Descriptor> last = registry.head(LATEST);
            if (last.isPresent()
                    && last.get().digest().equals(layout.descriptor().digest())) {
                return 0;
            }
            long sent = attached.get().stream()
                    .mapToLong(artifact -> to(registry, artifact))
                    .sum();
            return sent + Content.of(layout).sendTo(registry, LATEST).bytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + layout.folder(), e);
        }
    }

    /** Attaches an artifact to its subject; returns the number of bytes sent, 0 when it was attached. */
    static long to(Registry registry, Artifact artifact) {
        Descriptor manifest = artifact.manifest().descriptor();
        Referrers referrers = new Referrers(registry);
        if (referrers.of(artifact.subject().digest()).stream()
                .anyMatch(known -> known.digest().equals(manifest.digest()))) {
            return 0;
        }
        Content.Sent sent = Content.of(artifact).sendTo(registry, manifest.digest());
        if (!sent.knowsReferrers()) {
            referrers.add(artifact.subject().digest(), listed(artifact));
        }
        return sent.bytes();
    }

    /** As the specification wants it in the list: with the type and the annotations of the artifact's manifest. */
    private static Descriptor listed(Artifact artifact) {
        Descriptor manifest = artifact.manifest().descriptor();
        try {
            JsonNode annotations = JSON.readTree(artifact.manifest().content()).path("annotations");
            return new Descriptor(
                    manifest.mediaType(),
                    artifact.type(),
                    manifest.digest(),
                    manifest.size(),
                    Map.of(),
                    annotations.isObject()
                            ? JSON.convertValue(annotations, new TypeReference<Map<String, String>>() {})
                            : Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException("an artifact's manifest is JSON", e);
        }
    }
}
