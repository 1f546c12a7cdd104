package dev.ashlar.images.oci;

import java.util.List;

/** An OCI image index: a list of images, of what is attached to one, or of what a layout holds. */
public record Index(int schemaVersion, String mediaType, List<Descriptor> manifests) {
    public Index {
        manifests = manifests == null ? List.of() : manifests;
    }

    public static Index of(List<Descriptor> manifests) {
        return new Index(2, Descriptor.INDEX, manifests);
    }
}
