package dev.ashlar.operator.kube;

import java.util.Optional;

/** An image in the cluster's own registry: the name of its repository, and {@code sha256:} with 64 hex digits. */
public record NamedImage(String repository, String digest) {
    /** By which every node reaches the registry. */
    public static final String REGISTRY = "localhost:5000/";

    /** How an image that a spec names is pulled: a name without a host is in the cluster's own registry. */
    public static String pulledAs(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean hasHost = first.contains(".") || first.contains(":") || first.equals("localhost");
        return hasHost ? image : REGISTRY + image;
    }

    /** Reads the reference that the container runtime pulls by; empty when it leads to another registry. */
    public static Optional<NamedImage> of(String pulled) {
        return pulled.startsWith(REGISTRY) ? Optional.of(parse(pulled.substring(REGISTRY.length()))) : Optional.empty();
    }

    /** Reads what {@link #toString} wrote. */
    public static NamedImage parse(String text) {
        return new NamedImage(text.substring(0, text.indexOf('@')), digest(text));
    }

    /** {@code sha256:…} of an image that is named by digest, wherever it is. */
    public static String digest(String image) {
        return image.substring(image.indexOf('@') + 1);
    }

    @Override
    public String toString() {
        return repository + "@" + digest;
    }
}
