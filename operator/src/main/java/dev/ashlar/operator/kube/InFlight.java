package dev.ashlar.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What was written and not yet seen in a cache: an older cached copy must not be judged or written over. */
final class InFlight<T extends HasMetadata> {
    /** An entry of an owner that was deleted at that moment stays behind; the number of writes in flight bounds them. */
    private final Map<String, T> written = new ConcurrentHashMap<>();

    void put(T object) {
        written.put(key(object), object);
    }

    void forget(HasMetadata object) {
        written.remove(key(object));
    }

    /** The newer one of the cached copy and what was written. */
    T newest(T cached) {
        T own = written.get(key(cached));
        if (own == null) {
            return cached;
        }
        if (version(cached) >= version(own)) {
            written.remove(key(cached), own);
            return cached;
        }
        return own;
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
