package dev.ashlar.operator.monitor;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;

/** How long the probes of each Site took, and how many failed; of one that is gone nothing is kept. */
final class ProbeMetrics {
    private static final String TIME = "ashlar.site.probe";
    private static final String FAILURES = "ashlar.site.probe.failures";

    private ProbeMetrics() {}

    static void count(ResourceID site, Duration took, boolean isFailure) {
        Metrics.timer(TIME, tags(site)).record(took);
        Metrics.counter(FAILURES, tags(site)).increment(isFailure ? 1 : 0);
    }

    static void forget(ResourceID site) {
        for (String name : List.of(TIME, FAILURES)) {
            for (Meter meter :
                    Metrics.globalRegistry.find(name).tags(tags(site)).meters()) {
                Metrics.globalRegistry.remove(meter);
            }
        }
    }

    private static Tags tags(ResourceID site) {
        return Tags.of("namespace", site.getNamespace().orElseThrow(), "site", site.getName());
    }
}
