package dev.ashlar.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.Metrics;
import java.util.Locale;

/** Counts what Ashlar asks the API to write to the API, as {@code ashlar_writes_total}: for which feature, to which kind, and how. */
enum Writes {
    APPLY,
    REMOVE_FOREIGN,
    SUSPEND,
    DELETE,
    STATUS,
    EVENT;

    private static final String NAME = "ashlar.writes";

    /** @param owner whose feature it is for: that of its kind */
    void count(HasMetadata owner, String kind) {
        Metrics.counter(NAME, "feature", owner.getKind().toLowerCase(Locale.ROOT), "kind", kind, "how", text())
                .increment();
    }

    private String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
