package dev.ashlar.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/** What became of one desired object. */
public sealed interface Applied<T extends HasMetadata> {
    /** It is there as desired, in the newest state that is known. */
    record InPlace<T extends HasMetadata>(T live) implements Applied<T> {}

    /** It is on its way out, or its namespace is, or it is the remains of an earlier owner of the same name. */
    record Leaving<T extends HasMetadata>(String message) implements Applied<T> {}

    /** An object of that name belongs to somebody else and is left alone. */
    record Taken<T extends HasMetadata>(String message) implements Applied<T> {}

    /** It is not as desired, or not there at all, and its owner is suspended. */
    record Held<T extends HasMetadata>(@Nullable T live, String message) implements Applied<T> {}

    /** The API server does not let it be written now, for instance because of a quota. */
    record Denied<T extends HasMetadata>(String message) implements Applied<T> {}

    /** The API server does not take it as the spec asks for it. */
    record Refused<T extends HasMetadata>(String message) implements Applied<T> {}
}
