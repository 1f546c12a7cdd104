package dev.ashlar.operator.kube;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/** What to do when a watched object appears, changes or goes. */
public record Changes<T>(Consumer<T> added, Consumer<T> updated, Consumer<T> deleted)
        implements ResourceEventHandler<T> {
    /** What is done for one that is there, whether it was before or not, and for one that goes. */
    public Changes(Consumer<T> there, Consumer<T> deleted) {
        this(there, there, deleted);
    }

    @Override
    public void onAdd(T object) {
        added.accept(object);
    }

    @Override
    public void onUpdate(T before, T after) {
        updated.accept(after);
    }

    @Override
    public void onDelete(T object, boolean unknown) {
        deleted.accept(object);
    }
}
