package dev.ashlar.operator.kube;

import dev.ashlar.crds.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** How many resources are in which state, as {@code ashlar_resources}. Not which: `kubectl get site -A` tells, and a name in a metric costs memory for ever. */
public enum Readiness {
    READY,
    WAITING,
    STALLED,
    SUSPENDED;

    private static final String NAME = "ashlar.resources";

    /**
     * Has the resources of a kind counted whenever somebody asks.
     *
     * @param cache what the watch knows of them
     * @param conditionsOf reads the conditions out of a status
     */
    public static <T extends CustomResource<?, S>, S> void measure(
            Class<T> kind, IndexerResourceCache<T> cache, Function<S, List<Condition>> conditionsOf) {
        for (Readiness state : values()) {
            Gauge.builder(
                            NAME,
                            cache,
                            resources -> resources
                                    .list(resource -> of(resource, conditionsOf) == state)
                                    .count())
                    .tags("kind", kind.getSimpleName(), "state", state.name().toLowerCase(Locale.ROOT))
                    .strongReference(true)
                    .register(Metrics.globalRegistry);
        }
    }

    private static <T extends CustomResource<?, S>, S> Readiness of(
            T resource, Function<S, List<Condition>> conditionsOf) {
        List<Condition> conditions =
                resource.getStatus() == null ? List.of() : conditionsOf.apply(resource.getStatus());
        if (Suspension.isSuspended(resource)) {
            return SUSPENDED;
        }
        if (Conditions.find(conditions, Conditions.STALLED).isPresent()) {
            return STALLED;
        }
        return Conditions.find(conditions, Conditions.READY)
                        .filter(ready -> "True".equals(ready.status()))
                        .isPresent()
                ? READY
                : WAITING;
    }
}
