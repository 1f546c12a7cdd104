package dev.ashlar.images.proof;

import dev.ashlar.images.oci.Descriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the list of known images says of one image. Either the list has it by digest, or its lowest layers are exactly
 * those of a known one, which then is its base; what the base is allowed holds for it too, but every program must be the
 * base's, and so must the config.
 *
 * @param self the image itself
 * @param base the known image with the most of its lowest layers
 */
record Trust(Optional<KnownImage> self, Optional<KnownImage> base, Map<String, String> allows) {
    static Trust of(ImageManifest image, KnownImages known) {
        List<String> layers = image.layers().stream().map(Descriptor::digest).toList();
        Optional<KnownImage> self = known.image(image.digest());
        Optional<KnownImage> base = known.base(layers);
        Map<String, String> allows = new TreeMap<>();
        if (self.isPresent()
                || base.filter(below -> below.run().equals(image.run())).isPresent()) {
            known.images().stream()
                    .filter(other -> other.isBelow(layers))
                    .forEach(other -> allows.putAll(other.allows()));
        }
        self.ifPresent(own -> allows.putAll(own.allows()));
        return new Trust(self, base, allows);
    }

    String origin() {
        return self.map(image -> "built by this tree as " + image.name())
                .or(() -> base.map(image -> "on top of %s, which this tree built".formatted(image.name())))
                .orElse("not known to this tree");
    }

    /** Whether the layer of this index is known by the list. */
    boolean knows(int layer) {
        return self.isPresent()
                || base.filter(image -> layer < image.layers().size()).isPresent();
    }

    /** What is wrong before any layer is read. */
    Optional<String> problem(ImageManifest image) {
        if (self.isPresent()) {
            return Optional.empty();
        }
        if (base.isEmpty()) {
            return Optional.of("its lowest layers are of no image that this tree built");
        }
        return base.get().run().equals(image.run())
                ? Optional.empty()
                : Optional.of("runs otherwise than its base %s: another command, user or environment"
                        .formatted(base.get().name()));
    }
}
