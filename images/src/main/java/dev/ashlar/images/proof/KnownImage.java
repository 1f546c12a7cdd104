package dev.ashlar.images.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.oci.Layout;
import dev.ashlar.images.proof.untrusted.Manifests;
import dev.ashlar.images.proof.untrusted.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One image that the tree built.
 *
 * @param name its folder in {@code images/}
 * @param digest of its manifest, or of the index of its platforms
 * @param run hash of the part of its config that says how it runs; empty for an index
 * @param layers digests, the lowest first; none of an index
 * @param allows what its {@code image.yaml} allows, with the reasons
 */
public record KnownImage(String name, String digest, String run, List<String> layers, Map<String, String> allows) {
    public KnownImage {
        layers = List.copyOf(layers);
        allows = Map.copyOf(allows);
    }

    /** The image of a layout that the tree built, once for each platform, and the index of them if there is one. */
    static List<KnownImage> of(String name, Layout layout, Map<String, String> allows) throws IOException {
        List<KnownImage> images = new ArrayList<>();
        Descriptor top = layout.descriptor();
        if (top.mediaType().equals(Descriptor.INDEX)) {
            images.add(new KnownImage(name, top.digest(), "", List.of(), allows));
        }
        for (Descriptor manifest : layout.images()) {
            JsonNode node = json(layout, manifest);
            JsonNode config = json(layout, Manifests.descriptor(node.get("config")));
            List<String> layers = new ArrayList<>();
            node.path("layers").forEach(layer -> layers.add(Manifests.text(layer, "digest")));
            images.add(new KnownImage(name, manifest.digest(), ImageManifest.run(config), layers, allows));
        }
        return images;
    }

    private static JsonNode json(Layout layout, Descriptor blob) throws IOException {
        return StrictJson.object(Files.readAllBytes(layout.blob(blob)));
    }

    boolean isBelow(List<String> others) {
        return !layers.isEmpty() && layers.size() <= others.size() && layers.equals(others.subList(0, layers.size()));
    }
}
