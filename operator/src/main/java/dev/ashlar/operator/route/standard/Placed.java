package dev.ashlar.operator.route.standard;

import dev.ashlar.crds.Site;
import dev.ashlar.operator.kube.Applied;
import dev.ashlar.operator.kube.Applier;
import dev.ashlar.operator.kube.Children;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.route.RouteReason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Objects of one kind that are made of a Site, after they were put in place.
 *
 * @param live those that are there as desired
 * @param trouble one for each that is not
 */
record Placed<T extends HasMetadata>(List<T> live, List<Outcome> trouble) {
    /** Nothing tells us that a quota was raised. */
    private static final Duration DENIED_RECHECK = Duration.ofMinutes(1);

    /** Those of the Site that are not desired go. */
    static <T extends HasMetadata> Placed<T> of(
            Class<T> kind, List<T> desired, Context<Site> context, Applier applier) {
        Site site = context.getPrimaryResource();
        Placed<T> placed = new Placed<>(new ArrayList<>(), new ArrayList<>());
        for (T each : desired) {
            var metadata = each.getMetadata();
            T cached = Children.cached(context, kind, metadata.getNamespace(), metadata.getName())
                    .orElse(null);
            placed.note(applier.apply(site, each, cached));
        }
        Set<String> wanted =
                desired.stream().map(each -> each.getMetadata().getName()).collect(Collectors.toSet());
        context.getSecondaryResourcesAsStream(kind)
                .filter(each -> !wanted.contains(each.getMetadata().getName()))
                .forEach(each -> applier.prune(site, each));
        return placed;
    }

    private void note(Applied<T> applied) {
        switch (applied) {
            case Applied.InPlace<T> there -> live.add(there.live());
            case Applied.Leaving<T> leaving -> trouble.add(waiting(leaving.message(), Duration.ZERO));
            case Applied.Denied<T> denied -> trouble.add(waiting(denied.message(), DENIED_RECHECK));
            case Applied.Held<T> held -> trouble.add(stalled(held.message()));
            case Applied.Taken<T> taken -> trouble.add(stalled(taken.message()));
            case Applied.Refused<T> refused -> trouble.add(stalled(refused.message()));
        }
    }

    private static Outcome waiting(String message, Duration recheck) {
        return new Outcome.Waiting(RouteReason.NotPlaced, message, recheck);
    }

    private static Outcome stalled(String message) {
        return new Outcome.Stalled(RouteReason.NotPlaced, message);
    }

    /** The first that is in trouble speaks for all. */
    Optional<Outcome> firstTrouble() {
        return trouble.stream().findFirst();
    }
}
