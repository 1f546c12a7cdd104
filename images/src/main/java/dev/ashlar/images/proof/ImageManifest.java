package dev.ashlar.images.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.proof.untrusted.LayerInput;
import dev.ashlar.images.proof.untrusted.Malformed;
import dev.ashlar.images.proof.untrusted.Manifests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * One image for one platform: its manifest and its config, whole and of one meaning.
 *
 * @param diffIds the digests of the unpacked layers, as many as there are layers
 * @param run hash of the part of the config that says how the image runs
 * @param user whom it runs as
 */
record ImageManifest(String digest, List<Descriptor> layers, List<String> diffIds, String run, String user) {
    private static final Set<String> CONFIGS =
            Set.of(Descriptor.CONFIG, "application/vnd.docker.container.image.v1+json");

    /** Reads both; throws a {@link Malformed} that says what is wrong with them. */
    static ImageManifest read(Documents documents, Descriptor descriptor) throws IOException {
        JsonNode manifest = documents.read(descriptor);
        requireManifest(manifest, descriptor);
        Descriptor config = Manifests.descriptor(manifest.get("config"));
        if (!CONFIGS.contains(config.mediaType())) {
            throw new Malformed(
                    "has a config of the media type '%s', which is no image's".formatted(config.mediaType()));
        }
        List<Descriptor> layers = Manifests.descriptors(
                manifest.get("layers"), "layers", documents.limits().layers());
        for (Descriptor layer : layers) {
            if (!LayerInput.reads(layer.mediaType())) {
                throw new Malformed(
                        "has a layer of the media type '%s', which is no layer's".formatted(layer.mediaType()));
            }
        }
        JsonNode settings = documents.read(config);
        List<String> diffIds = diffIds(settings, layers.size());
        return new ImageManifest(
                descriptor.digest(), layers, diffIds, run(settings), Manifests.text(settings.get("config"), "User"));
    }

    private static void requireManifest(JsonNode manifest, Descriptor descriptor) throws Malformed {
        if (manifest.path("schemaVersion").asInt() != 2 || manifest.has("manifests")) {
            throw new Malformed("is not plainly an image manifest");
        }
        String type = Manifests.text(manifest, "mediaType");
        if (!type.isEmpty() && !type.equals(descriptor.mediaType())) {
            throw new Malformed("calls itself %s and is called %s".formatted(type, descriptor.mediaType()));
        }
    }

    private static List<String> diffIds(JsonNode settings, int layers) throws Malformed {
        List<String> diffIds = new ArrayList<>();
        settings.path("rootfs").path("diff_ids").forEach(id -> diffIds.add(id.asText()));
        if (diffIds.size() != layers) {
            throw new Malformed("has %d layers, its config has %d diffIDs".formatted(layers, diffIds.size()));
        }
        return diffIds;
    }

    /** The hash of the config's own part, whatever the order of its keys. */
    static String run(JsonNode settings) {
        return Sha256.of(sorted(settings.path("config")).toString().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode sorted(JsonNode node) {
        if (!node.isObject()) {
            return node;
        }
        TreeMap<String, JsonNode> fields = new TreeMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
        return JsonNodeFactory.instance.objectNode().setAll(fields);
    }
}
