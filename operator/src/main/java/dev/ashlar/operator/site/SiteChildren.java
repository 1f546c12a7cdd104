package dev.ashlar.operator.site;

import dev.ashlar.crds.Service;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.kube.Applied;
import dev.ashlar.operator.kube.Applier;
import dev.ashlar.operator.kube.Children;
import dev.ashlar.operator.kube.Claims;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Placing;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Site's Services after they were put in place.
 *
 * @param live by their name within the Site, those that are in place
 */
record SiteChildren(Outcome outcome, SequencedMap<String, Service> live) {
    private static final Outcome IN_PLACE = new Outcome.Done("All services are in place.");
    private static final Placing PLACING =
            new Placing(IN_PLACE, SiteReason.Replacing, SiteReason.Refused, SiteReason.Suspended, SiteReason.NameTaken);

    /** When nothing is known that could run: what is there stays. */
    static SiteChildren untouched() {
        return new SiteChildren(IN_PLACE, new LinkedHashMap<>());
    }

    /** @param inventory the UIDs of the Services that were made before, by name */
    static SiteChildren place(SitePlan plan, Map<String, String> inventory, Context<Site> context, Applier applier) {
        if (plan.isSuspended()) {
            context.getSecondaryResourcesAsStream(Service.class)
                    .forEach(service -> applier.suspend(plan.site(), service));
        }
        if (!plan.unknown().isEmpty()) {
            return new SiteChildren(unknown(plan), new LinkedHashMap<>());
        }
        Outcome outcome = volumes(plan, context, applier);
        SequencedMap<String, Service> live = new LinkedHashMap<>();
        for (var service : plan.services().entrySet()) {
            Service desired = service.getValue();
            var metadata = desired.getMetadata();
            Service cached = Children.cached(context, Service.class, metadata.getNamespace(), metadata.getName())
                    .orElse(null);
            if (service.getKey().equals(SiteContent.NAME) && isBeforeItsPhp(plan, live)) {
                Optional.ofNullable(cached).ifPresent(former -> live.put(SiteContent.NAME, former));
                continue;
            }
            Applied<Service> applied = applier.apply(plan.site(), desired, cached);
            live(applied).ifPresent(found -> live.put(service.getKey(), found));
            outcome = outcome == IN_PLACE ? PLACING.of(applied) : outcome;
        }
        if (!plan.isSuspended()) {
            prune(plan.site(), wanted(plan, live), inventory, context, applier);
        }
        return new SiteChildren(outcome, live);
    }

    /** The content stays as it is until its PHP answers as asked: no page is run by an older one, and nginx finds the name when it starts. */
    private static boolean isBeforeItsPhp(SitePlan plan, SequencedMap<String, Service> live) {
        Service php = live.get(SitePhp.NAME);
        return plan.services().containsKey(SitePhp.NAME) && (php == null || !SiteHealth.answers(php));
    }

    private static Optional<Service> live(Applied<Service> applied) {
        return switch (applied) {
            case Applied.InPlace<Service>(Service live) -> Optional.of(live);
            case Applied.Held<Service>(@Nullable Service live, String message) -> Optional.ofNullable(live);
            case Applied.Leaving<Service> leaving -> Optional.empty();
            case Applied.Taken<Service> taken -> Optional.empty();
            case Applied.Denied<Service> denied -> Optional.empty();
            case Applied.Refused<Service> refused -> Optional.empty();
        };
    }

    /** The first that is not in place speaks for all; the services go ahead, and wait for it on their own. */
    private static Outcome volumes(SitePlan plan, Context<Site> context, Applier applier) {
        Outcome outcome = IN_PLACE;
        for (PersistentVolumeClaim desired : SiteVolumes.claims(plan.site())) {
            var metadata = desired.getMetadata();
            var cached = Children.cached(
                            context, PersistentVolumeClaim.class, metadata.getNamespace(), metadata.getName())
                    .orElse(null);
            Outcome placed = PLACING.of(applier.apply(plan.site(), Claims.notSmaller(desired, cached), cached));
            outcome = outcome == IN_PLACE ? placed : outcome;
        }
        return outcome;
    }

    /** The PHP of a content that has none any more goes when no older pod of the content asks it. */
    private static Set<String> wanted(SitePlan plan, SequencedMap<String, Service> live) {
        Set<String> wanted = plan.services().values().stream()
                .map(service -> service.getMetadata().getName())
                .collect(Collectors.toSet());
        Service content = live.get(SiteContent.NAME);
        if (content != null && !SiteHealth.answers(content)) {
            wanted.add(SitePlan.childName(plan.site(), SitePhp.NAME));
        }
        return wanted;
    }

    /** What the watch knows by our label goes; so does what the status remembers, should somebody have taken the label off. */
    private static void prune(
            Site site, Set<String> wanted, Map<String, String> inventory, Context<Site> context, Applier applier) {
        Map<String, Service> known = context.getSecondaryResourcesAsStream(Service.class)
                .filter(service -> !wanted.contains(service.getMetadata().getName()))
                .collect(Collectors.toMap(service -> service.getMetadata().getName(), service -> service));
        known.values().forEach(service -> applier.prune(site, service));
        inventory.forEach((name, uid) -> {
            if (!wanted.contains(name) && !known.containsKey(name)) {
                applier.pruneForgotten(site, Service.class, name, uid);
            }
        });
    }

    private static Outcome unknown(SitePlan plan) {
        return new Outcome.Stalled(
                SiteReason.UnknownReference,
                "%s in Site %s names no port or service of it; write $(service:NAME.host) or $(service:NAME.port) with a NAME from spec.services."
                        .formatted(
                                plan.unknown().getFirst(),
                                plan.site().getMetadata().getName()));
    }
}
