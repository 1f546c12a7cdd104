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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What became of the objects of one kind that are made of a Site. */
record Placed<T extends HasMetadata>(List<Applied<T>> all) {
    /** Nothing tells us that a quota was raised. */
    private static final Duration DENIED_RECHECK = Duration.ofMinutes(1);

    /** Puts those that are desired in place; others of the Site go. */
    static <T extends HasMetadata> Placed<T> of(
            Class<T> kind, List<T> desired, Context<Site> context, Applier applier) {
        Site site = context.getPrimaryResource();
        List<Applied<T>> all = desired.stream()
                .map(each -> applier.apply(site, each, cached(kind, each, context)))
                .toList();
        Set<String> wanted =
                desired.stream().map(each -> each.getMetadata().getName()).collect(Collectors.toSet());
        context.getSecondaryResourcesAsStream(kind)
                .filter(each -> !wanted.contains(each.getMetadata().getName()))
                .forEach(each -> applier.prune(site, each));
        return new Placed<>(all);
    }

    private static <T extends HasMetadata> @Nullable T cached(Class<T> kind, T desired, Context<Site> context) {
        var metadata = desired.getMetadata();
        return Children.cached(context, kind, metadata.getNamespace(), metadata.getName())
                .orElse(null);
    }

    /** Those that are there as desired. */
    List<T> live() {
        return all.stream()
                .flatMap(each -> each instanceof Applied.InPlace<T>(T live) ? Stream.of(live) : Stream.empty())
                .toList();
    }

    /** The first that is in trouble speaks for all. */
    Optional<Outcome> trouble() {
        return all.stream().flatMap(each -> trouble(each).stream()).findFirst();
    }

    private static Optional<Outcome> trouble(Applied<?> applied) {
        return switch (applied) {
            case Applied.InPlace<?> there -> Optional.empty();
            case Applied.Leaving<?> leaving -> waiting(leaving.message(), Duration.ZERO);
            case Applied.Denied<?> denied -> waiting(denied.message(), DENIED_RECHECK);
            case Applied.Held<?> held -> stalled(held.message());
            case Applied.Taken<?> taken -> stalled(taken.message());
            case Applied.Refused<?> refused -> stalled(refused.message());
        };
    }

    private static Optional<Outcome> waiting(String message, Duration recheck) {
        return Optional.of(new Outcome.Waiting(RouteReason.NotPlaced, message, recheck));
    }

    private static Optional<Outcome> stalled(String message) {
        return Optional.of(new Outcome.Stalled(RouteReason.NotPlaced, message));
    }
}
