package dev.ashlar.operator.service.secret;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/** What to do when a watched object appears, changes or goes. */
record Changes<T>(Consumer<T> added, Consumer<T> updated, Consumer<T> deleted) implements ResourceEventHandler<T> {
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
