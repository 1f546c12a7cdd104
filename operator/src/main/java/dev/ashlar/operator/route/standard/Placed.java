package dev.ashlar.operator.route.standard;

import dev.ashlar.crds.Site;
import dev.ashlar.operator.kube.Applied;
import dev.ashlar.operator.kube.Applier;
import dev.ashlar.operator.kube.Children;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Placing;
import dev.ashlar.operator.route.RouteReason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What became of the objects of one kind that are made of a Site. */
record Placed<T extends HasMetadata>(List<Applied<T>> all) {
    private static final Outcome IN_PLACE = new Outcome.Done("All objects are in place.");
    private static final Placing PLACING = new Placing(
            IN_PLACE, RouteReason.NotPlaced, RouteReason.NotPlaced, RouteReason.NotPlaced, RouteReason.NotPlaced);

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
        return all.stream()
                .map(PLACING::of)
                .filter(outcome -> outcome != IN_PLACE)
                .findFirst();
    }
}
