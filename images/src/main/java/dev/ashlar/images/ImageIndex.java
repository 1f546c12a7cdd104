package dev.ashlar.images;

import dev.ashlar.images.cache.BuildCache;
import dev.ashlar.images.cache.BuildCache.Wanted;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.oci.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Puts the images of one name for several platforms under one index. */
final class ImageIndex {
    private static final String FORMAT = "1";

    private ImageIndex() {}

    /** The index, in the cache; an image that is alone stays without one, so that its digest is its manifest's. */
    static BuiltImage of(List<BuiltImage> images, BuildCache cache) {
        BuiltImage first = images.getFirst();
        if (images.size() == 1) {
            return first;
        }
        Sha256 inputs = new Sha256().add("index", FORMAT);
        long bytes = 0;
        for (BuiltImage image : images) {
            inputs.add("image", image.digest());
            bytes += image.size();
        }
        Wanted wanted = new Wanted(first.name().replace('/', '.') + ".index", inputs.hex(), (bytes >> 20) + 1);
        List<Layout> layouts =
                images.stream().map(image -> new Layout(image.layout())).toList();
        Path folder = cache.get(wanted, (content, work) -> Layout.write(content, layouts));
        try {
            String digest = new Layout(folder).descriptor().digest();
            return new BuiltImage(first.name(), digest, folder, first.recipe(), images);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the index of image " + first.name(), e);
        }
    }
}
