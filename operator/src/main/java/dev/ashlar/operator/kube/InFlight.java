package dev.ashlar.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** What was written and not yet seen in a cache, which catches up within moments: an older cached copy must not be judged or written over. */
final class InFlight<T extends HasMetadata> {
    private final Fleeting<T> written = new Fleeting<>();

    void put(T object) {
        written.put(key(object), object);
    }

    void forget(HasMetadata object) {
        written.remove(key(object));
    }

    /** The newer one of the cached copy and what was written. */
    T newest(T cached) {
        return written.getWhile(key(cached), own -> version(cached) < version(own))
                .orElse(cached);
    }

    /** Whether this is exactly what was written last. */
    boolean isOwn(HasMetadata seen) {
        return written.getWhile(key(seen), own -> true)
                .filter(own -> version(own) == version(seen))
                .isPresent();
    }

    private static String key(HasMetadata object) {
        return object.getApiVersion() + "/" + object.getKind() + "/"
                + object.getMetadata().getNamespace() + "/"
                + object.getMetadata().getName();
    }

    /** Resource versions of one kind are comparable: every server stores etcd's revision, and Kubernetes promises it since 1.35. */
    private static long version(HasMetadata object) {
        return Long.parseLong(object.getMetadata().getResourceVersion());
    }
}
