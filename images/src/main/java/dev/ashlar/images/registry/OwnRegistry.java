package dev.ashlar.images.registry;

/** Reaches the registry that a name without a host means, the cluster's own; the operator module provides it as a service. */
public interface OwnRegistry {
    /** Opens the way to a repository; a message with a remedy when there is no cluster or its registry is not ready. */
    Access open(String repository);

    /** A way to a repository that is there until it is closed. */
    interface Access extends AutoCloseable {
        RegistryTarget target();

        @Override
        void close();
    }
}
