package dev.ashlar.operator.service.warning;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is known of the cluster's warnings. */
@FunctionalInterface
public interface Warnings {
    /** All that is known of the object with this UID: a namesake that was there before does not count. */
    List<Warning> of(String uid);

    /** The last one of an object with one of these reasons. */
    default Optional<Warning> last(String uid, String... reasons) {
        return of(uid).stream()
                .filter(warning -> List.of(reasons).contains(warning.reason()))
                .max(Comparator.comparing(Warning::at));
    }
}
