package dev.ashlar.operator.history;

import java.util.List;
import java.util.Set;

/** What the history has to know of the spec of a kind. */
public interface Revisioned<S> {
    Class<S> type();

    /** The images as they are written. */
    List<String> images(S spec);

    boolean usesSecrets(S spec);

    /**
     * Those of the services that failed which can be as they were, and what has to go with them: they have to have been there, and what
     * ends by itself is not run again for that.
     */
    Set<String> goBack(S failed, S good, List<String> services);
}
