package dev.ashlar.operator.route.standard;

import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.route.RouteReason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the controller of the Gateway tells of HTTPRoutes. */
record RouteVerdict(Parent parent) {
    private static final List<String> CONDITIONS = List.of("Accepted", "ResolvedRefs");

    /** The first HTTPRoute in trouble speaks for all. */
    Outcome of(List<HTTPRoute> routes) {
        return routes.stream()
                .flatMap(route -> trouble(route).stream())
                .findFirst()
                .orElseGet(() -> new Outcome.Done("%s has the site's routes.".formatted(parent)));
    }

    private Optional<Outcome> trouble(HTTPRoute route) {
        return CONDITIONS.stream()
                .flatMap(type -> trouble(route, type).stream())
                .findFirst();
    }

    private Optional<Outcome> trouble(HTTPRoute route, String type) {
        String name = route.getMetadata().getName();
        List<Condition> told = told(route)
                .filter(condition -> type.equals(condition.getType()) && isCurrent(route, condition))
                .toList();
        if (told.isEmpty()) {
            return Optional.of(new Outcome.Waiting(
                    RouteReason.Routing,
                    "%s has yet to look at HTTPRoute %s; if that lasts, see whether it is there and its controller runs: `kubectl -n %s get gateway %s`."
                            .formatted(parent, name, parent.namespace(), parent.name())));
        }
        return told.stream()
                .filter(condition -> !"True".equals(condition.getStatus()))
                .findFirst()
                .map(condition -> new Outcome.Waiting(
                        RouteReason.NotAccepted,
                        "%s says that HTTPRoute %s is not %s, %s: %s"
                                .formatted(parent, name, type, condition.getReason(), condition.getMessage())));
    }

    /** A condition of an earlier generation says nothing of what is asked for now. */
    private static boolean isCurrent(HTTPRoute route, Condition condition) {
        return route.getMetadata().getGeneration().equals(condition.getObservedGeneration());
    }

    private Stream<Condition> told(HTTPRoute route) {
        return Stream.ofNullable(route.getStatus())
                .map(HTTPRouteStatus::getParents)
                .flatMap(List::stream)
                .filter(status -> parent.isMeantBy(status.getParentRef()))
                .flatMap(status -> status.getConditions().stream());
    }
}
