package dev.ashlar.images.proof.untrusted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.images.oci.Descriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The descriptors in manifests and indexes that nobody vouches for. */
public final class Manifests {
    private static final Set<String> INDEXES =
            Set.of(Descriptor.INDEX, "application/vnd.docker.distribution.manifest.list.v2+json");
    private static final Set<String> IMAGES =
            Set.of(Descriptor.MANIFEST, "application/vnd.docker.distribution.manifest.v2+json");
    private static final int MOST = 256;

    private Manifests() {}

    public static boolean isIndex(String mediaType) {
        return INDEXES.contains(mediaType);
    }

    public static boolean isImage(String mediaType) {
        return IMAGES.contains(mediaType);
    }

    public static boolean isManifest(String mediaType) {
        return isIndex(mediaType) || isImage(mediaType);
    }

    /** What the manifest calls itself, else what its registry calls it. */
    public static String type(byte[] manifest, String told) throws Malformed {
        String own = text(StrictJson.object(manifest), "mediaType");
        return own.isEmpty() ? told : own;
    }

    /** All that an index or manifest names: its images, or its config and layers. */
    public static List<Descriptor> children(byte[] manifest) throws Malformed {
        JsonNode node = StrictJson.object(manifest);
        if (node.has("manifests")) {
            return descriptors(node.get("manifests"), "manifests", MOST);
        }
        List<Descriptor> children = new ArrayList<>(List.of(descriptor(node.get("config"))));
        children.addAll(descriptors(node.get("layers"), "layers", MOST));
        return children;
    }

    /** The descriptors of a list; throws when the list is missing, too long, or one of them is none. */
    public static List<Descriptor> descriptors(@Nullable JsonNode list, String field, int limit) throws Malformed {
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

    public static Descriptor descriptor(@Nullable JsonNode node) throws Malformed {
        String digest = text(node, "digest");
        JsonNode size = node == null ? null : node.get("size");
        if (node == null || size == null || !size.isIntegralNumber() || !size.canConvertToLong() || size.asLong() < 0) {
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

    /** The text of a field, empty when there is none. */
    public static String text(@Nullable JsonNode node, String field) {
        return node == null ? "" : node.path(field).asText("");
    }
}
