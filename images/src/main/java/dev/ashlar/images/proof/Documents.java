package dev.ashlar.images.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.proof.source.ImageSource;
import dev.ashlar.images.proof.untrusted.BlobInput;
import dev.ashlar.images.proof.untrusted.Deadline;
import dev.ashlar.images.proof.untrusted.Digests;
import dev.ashlar.images.proof.untrusted.Limits;
import dev.ashlar.images.proof.untrusted.Malformed;
import dev.ashlar.images.proof.untrusted.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the small JSON documents of an image from its source, each checked against the descriptor that names it. */
record Documents(ImageSource source, Limits limits, Deadline deadline) {
    static final Set<String> INDEXES =
            Set.of(Descriptor.INDEX, "application/vnd.docker.distribution.manifest.list.v2+json");
    static final Set<String> MANIFESTS =
            Set.of(Descriptor.MANIFEST, "application/vnd.docker.distribution.manifest.v2+json");

    /** A blob as it comes; who reads it to its end calls {@link BlobInput#finish}. */
    BlobInput open(Descriptor blob) throws IOException {
        return new BlobInput(source.open(blob), blob, deadline);
    }

    JsonNode read(Descriptor descriptor) throws IOException {
        if (descriptor.size() > limits.json()) {
            throw new Malformed(
                    "is said to have %d bytes, more than any manifest or config".formatted(descriptor.size()));
        }
        try (BlobInput in = open(descriptor)) {
            byte[] bytes = in.readNBytes(limits.json() + 1);
            in.finish();
            return StrictJson.object(bytes);
        }
    }

    /** The descriptors of a list; throws when the list is missing, too long, or one of them is none. */
    static List<Descriptor> descriptors(@Nullable JsonNode list, String field, int limit) throws Malformed {
        if (list == null || !list.isArray()) {
            throw new Malformed("has no list of " + field);
        }
        if (list.size() > limit) {
            throw new Malformed("has %d %s, more than %d".formatted(list.size(), field, limit));
        }
        List<Descriptor> descriptors = new ArrayList<>();
        for (JsonNode node : list) {
            descriptors.add(descriptor(node));
        }
        return descriptors;
    }

    static Descriptor descriptor(@Nullable JsonNode node) throws Malformed {
        String digest = text(node, "digest");
        JsonNode size = node == null ? null : node.get("size");
        if (node == null || size == null || !size.canConvertToLong() || !size.isIntegralNumber() || size.asLong() < 0) {
            throw new Malformed("has a descriptor without a size");
        }
        if (!Digests.isDigest(digest)) {
            throw new Malformed("names a blob by %s, which is no sha256 digest".formatted(digest));
        }
        if (node.has("urls") || node.has("data")) {
            throw new Malformed("has a descriptor whose content would come from elsewhere");
        }
        return new Descriptor(text(node, "mediaType"), null, digest, size.asLong(), Map.of(), Map.of());
    }

    static String text(@Nullable JsonNode node, String field) {
        return node == null ? "" : node.path(field).asText("");
    }
}
