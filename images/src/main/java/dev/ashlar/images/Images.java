package dev.ashlar.images;

import java.nio.file.Path;
import java.util.List;

/** The images of a checkout: each is built when it is asked for and not yet in the cache. */
public final class Images {
    private final Checkout checkout;

    private Images(Checkout checkout) {
        this.checkout = checkout;
    }

    public static Images open(Checkout checkout) {
        return new Images(checkout);
    }

    /** The names of all folders in {@code images/} that hold an {@code image.yaml}, sorted. */
    public List<String> names() {
        throw new UnsupportedOperationException(checkout + ": comes with the recipes");
    }

    /** The image of this name; throws a {@link dev.ashlar.images.host.BuildException} that says what to do. */
    public BuiltImage image(String name) {
        throw new UnsupportedOperationException(name + ": comes with the layout writer");
    }

    /** The folder with the programs of a recipe that says {@code programs: true}; its files must not be changed. */
    public Path programs(String name) {
        throw new UnsupportedOperationException(name + ": comes with the layout writer");
    }
}
