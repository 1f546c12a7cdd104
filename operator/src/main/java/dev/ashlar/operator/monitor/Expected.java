package dev.ashlar.operator.monitor;

import dev.ashlar.crds.Route;
import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteSpec;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.kube.Suspension;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which Sites should answer at their front page. */
final class Expected {
    private Expected() {}

    /** Whether it says itself that it is Ready, and nobody stopped it on purpose. */
    static boolean toAnswer(Site site) {
        return !Suspension.isSuspended(site)
                && !Boolean.TRUE.equals(site.getSpec().maintenance())
                && isReady(site)
                && !isStopped(site.getSpec());
    }

    private static boolean isReady(Site site) {
        return Optional.ofNullable(site.getStatus())
                .filter(status -> status.url() != null)
                .flatMap(status -> Conditions.current(site, status.conditions(), Conditions.READY))
                .filter(ready -> ready.status().equals("True"))
                .isPresent();
    }

    /** Whether there are no pods of who answers the front page. */
    private static boolean isStopped(SiteSpec spec) {
        return spec.routes().stream()
                .filter(route -> route.path().equals("/"))
                .findFirst()
                .or(() -> Optional.of(Route.toContent("/")))
                .map(front -> replicas(spec, front))
                .filter(replicas -> replicas == 0)
                .isPresent();
    }

    private static @Nullable Integer replicas(SiteSpec spec, Route front) {
        if (front.content() != null) {
            return spec.content() == null ? null : spec.content().replicas();
        }
        Route.Target target = front.service();
        return target == null
                ? null
                : spec.services().stream()
                        .filter(service -> service.name().equals(target.name()))
                        .map(service -> service.replicas())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }
}
