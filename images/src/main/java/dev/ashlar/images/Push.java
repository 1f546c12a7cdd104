package dev.ashlar.images;

/** Pushes a built image to a registry by the OCI distribution protocol. */
public final class Push {
    private Push() {}

    /** Uploads what the registry lacks and returns the number of bytes sent; the manifest goes last, by digest. */
    public static long to(RegistryTarget target, BuiltImage image) {
        throw new UnsupportedOperationException(target + ": comes with the layout writer " + image);
    }
}
