package dev.ashlar.operator.policy;

import java.util.Optional;

/** An image in the cluster's own registry: the name of its repository, and {@code sha256:} with 64 hex digits. */
record NamedImage(String repository, String digest) {
    /** By which every node reaches the registry. */
    private static final String REGISTRY = "localhost:5000/";

    /** Reads the reference that the container runtime pulls by; empty when it leads to another registry. */
    static Optional<NamedImage> of(String pulled) {
        return pulled.startsWith(REGISTRY) ? Optional.of(parse(pulled.substring(REGISTRY.length()))) : Optional.empty();
    }

    /** Reads what {@link #toString} wrote. */
    static NamedImage parse(String text) {
        int at = text.indexOf('@');
        return new NamedImage(text.substring(0, at), text.substring(at + 1));
    }

    @Override
    public String toString() {
        return repository + "@" + digest;
    }
}
