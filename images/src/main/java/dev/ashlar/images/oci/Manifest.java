package dev.ashlar.images.oci;

import java.util.List;
import java.util.stream.Stream;

/** An OCI image manifest: one config, and the layers from the lowest up. */
public record Manifest(int schemaVersion, String mediaType, Descriptor config, List<Descriptor> layers) {
    static Manifest of(Descriptor config, List<Descriptor> layers) {
        return new Manifest(2, Descriptor.MANIFEST, config, List.copyOf(layers));
    }

    /** Everything that the manifest names, each once, config first. */
    public List<Descriptor> blobs() {
        return Stream.concat(Stream.of(config), layers.stream()).distinct().toList();
    }
}
