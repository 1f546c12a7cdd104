package dev.ashlar.images;

import java.nio.file.Path;

/** Makes the image of a website: the layers of a base image and one layer with a folder under {@code /content}. */
public final class ContentImage {
    private ContentImage() {}

    /** Builds the image below {@code cache}; the same folder content on the same base gives the same digest. */
    public static BuiltImage build(BuiltImage base, Path folder, Path cache, String name) {
        throw new UnsupportedOperationException(name + ": comes with the layout writer " + base + folder + cache);
    }
}
