package dev.ashlar.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Keeps watched objects whole; what is the same in many of them is there once. */
public final class SharedStore<T extends HasMetadata> extends TrimmedStore<T> {
    /** As the annotation of a controller wants it. */
    public SharedStore() {
        super(SharedFields::in);
    }

    @Override
    public boolean isFullState() {
        return true;
    }
}
