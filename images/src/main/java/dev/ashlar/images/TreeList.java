package dev.ashlar.images;

import dev.ashlar.images.oci.Layout;
import dev.ashlar.images.proof.KnownImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the list of known images of a checkout: each that is built, with what its {@code image.yaml} allows. */
public final class TreeList {
    private TreeList() {}

    /** Builds nothing: an image that is not built yet is told of and left out, since it has no digest. */
    public static KnownImages of(Images images) {
        KnownImages known = KnownImages.NONE;
        List<String> unbuilt = new ArrayList<>();
        for (String name : images.names()) {
            if (images.recipe(name).programs()) {
                continue;
            }
            Optional<BuiltImage> built = images.built(name);
            if (built.isPresent()) {
                known = with(known, built.get(), allows(images, name));
            } else {
                unbuilt.add(name);
            }
        }
        if (!unbuilt.isEmpty()) {
            images.progress()
                    .say(
                            "· not built yet, and so not on the list of known images: %s (`make images` builds them)",
                            String.join(" ", unbuilt));
        }
        return known;
    }

    private static KnownImages with(KnownImages known, BuiltImage image, Map<String, String> allows) {
        try {
            return known.with(image.name(), new Layout(image.layout()), allows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> allows(Images images, String name) {
        Map<String, String> allows = new TreeMap<>();
        images.recipe(name).waivers().reasons().forEach((waiver, reason) -> allows.put(waiver.key(), reason));
        return allows;
    }
}
