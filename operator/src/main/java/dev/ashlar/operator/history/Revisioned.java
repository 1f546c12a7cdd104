package dev.ashlar.operator.history;

import java.util.List;

/** What the history has to know of the spec of a kind. */
public interface Revisioned<S> {
    Class<S> type();

    /** The images as they are written. */
    List<String> images(S spec);

    boolean usesSecrets(S spec);

    /** Whether a service that failed can be as it was: it has to have been there, and what ends by itself is not run again for that. */
    boolean goesBack(S failed, S good, String service);
}
