package dev.ashlar.operator.route.standard;

import dev.ashlar.crds.Domain;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.route.HeldDomains;
import dev.ashlar.operator.route.RouteHandlers;
import dev.ashlar.operator.route.SiteRoutes;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The HTTPRoutes of one Site: some for the names that it answers at, some for those that redirect to the canonical one. Each says no more than
 * one may; of two that stand for the same name, the gateway takes the longest path of both.
 *
 * @param address that the Site has by itself
 */
record SiteHttpRoutes(Site owner, SiteRoutes site, String address, HeldDomains held, Parent parent) {
    /** Of names, and of rules, in one HTTPRoute. */
    private static final int MOST = 16;

    List<HTTPRoute> all() {
        List<HTTPRoute> all = new ArrayList<>(routes("main", names(), rules()));
        aliases().forEach((code, names) -> {
            var redirect = RedirectFilter.alias(held.canonical().orElseThrow(), code);
            all.addAll(routes("alias-" + code, names, List.of(RouteRule.redirecting(redirect))));
        });
        return all;
    }

    private List<String> names() {
        return Stream.concat(
                        Stream.of(address),
                        held.all().stream().filter(held::isServed).map(Domain::name))
                .distinct()
                .toList();
    }

    /** The names that redirect, by the status with which they do. */
    private SortedMap<Integer, List<String>> aliases() {
        return held.all().stream()
                .filter(domain -> !held.isServed(domain) && !domain.name().equals(address))
                .collect(Collectors.groupingBy(
                        domain -> RouteHandlers.code(domain.code()),
                        TreeMap::new,
                        Collectors.mapping(Domain::name, Collectors.toList())));
    }

    private List<HTTPRouteRule> rules() {
        return site.isInMaintenance()
                ? List.of(RouteRule.closed("/"))
                : site.all().stream()
                        .flatMap(route -> RouteRule.of(site, route).stream())
                        .toList();
    }

    private List<HTTPRoute> routes(String use, List<String> names, List<HTTPRouteRule> rules) {
        List<Map.Entry<List<String>, List<HTTPRouteRule>>> parts = parts(names).stream()
                .flatMap(some -> parts(rules).stream().map(few -> Map.entry(some, few)))
                .toList();
        return IntStream.range(0, parts.size())
                .mapToObj(i -> route(
                        use + (i == 0 ? "" : "-" + (i + 1)),
                        parts.get(i).getKey(),
                        parts.get(i).getValue()))
                .toList();
    }

    private HTTPRoute route(String use, List<String> names, List<HTTPRouteRule> rules) {
        return new HTTPRouteBuilder()
                .withMetadata(Labels.child(owner, site.name() + "-" + use))
                .withNewSpec()
                .withParentRefs(parent.reference())
                .withHostnames(names)
                .withRules(rules)
                .endSpec()
                .build();
    }

    private static <T> List<List<T>> parts(List<T> all) {
        return IntStream.iterate(0, start -> start < all.size(), start -> start + MOST)
                .mapToObj(start -> all.subList(start, Math.min(all.size(), start + MOST)))
                .toList();
    }
}
