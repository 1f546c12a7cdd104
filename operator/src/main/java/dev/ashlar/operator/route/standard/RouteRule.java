package dev.ashlar.operator.route.standard;

import dev.ashlar.crds.Header;
import dev.ashlar.crds.Route;
import dev.ashlar.operator.route.AnswerHeaders;
import dev.ashlar.operator.route.SiteRoutes;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRefBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPHeader;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRequestRedirectFilter;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteFilter;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteFilterBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRuleBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One rule of an HTTPRoute: what becomes of the requests below one path. */
final class RouteRule {
    private RouteRule() {}

    /** Empty when the route leads nowhere. */
    static Optional<HTTPRouteRule> of(SiteRoutes site, Route route) {
        if (Unsaid.isClosed(site, route)) {
            return Optional.of(closed(route.path()));
        }
        return route.redirect() != null ? Optional.of(redirecting(site, route)) : answered(site, route);
    }

    /** One without a backend: the gateway has an error for whoever asks. */
    static HTTPRouteRule closed(String path) {
        return below(path).build();
    }

    /** Sends everybody elsewhere. */
    static HTTPRouteRule redirecting(HTTPRequestRedirectFilter redirect) {
        return below("/").withFilters(filter(redirect)).build();
    }

    private static HTTPRouteRule redirecting(SiteRoutes site, Route route) {
        var redirect = RedirectFilter.of(route.path(), Objects.requireNonNull(route.redirect()));
        List<HTTPRouteFilter> filters = new ArrayList<>(List.of(filter(redirect.orElseThrow())));
        headers(site, route).ifPresent(filters::add);
        return below(route.path()).withFilters(filters).build();
    }

    private static Optional<HTTPRouteRule> answered(SiteRoutes site, Route route) {
        var backend = route.service() == null ? Optional.of(site.content()) : site.backend(route.service());
        return backend.map(listening -> {
            List<HTTPRouteFilter> filters = new ArrayList<>();
            if (Boolean.TRUE.equals(route.stripPrefix())) {
                filters.add(withoutPrefix());
            }
            headers(site, route).ifPresent(filters::add);
            HTTPRouteRuleBuilder rule = below(route.path()).withFilters(filters).withBackendRefs(reference(listening));
            return route.timeout() == null
                    ? rule.build()
                    : rule.withNewTimeouts(null, route.timeout()).build();
        });
    }

    private static HTTPRouteRuleBuilder below(String path) {
        return new HTTPRouteRuleBuilder()
                .addNewMatch()
                .withNewPath("PathPrefix", path)
                .endMatch();
    }

    private static HTTPBackendRef reference(SiteRoutes.Backend backend) {
        return new HTTPBackendRefBuilder()
                .withName(backend.service())
                .withPort(backend.port())
                .build();
    }

    private static HTTPRouteFilter filter(HTTPRequestRedirectFilter redirect) {
        return new HTTPRouteFilterBuilder()
                .withType("RequestRedirect")
                .withRequestRedirect(redirect)
                .build();
    }

    private static HTTPRouteFilter withoutPrefix() {
        return new HTTPRouteFilterBuilder()
                .withType("URLRewrite")
                .withNewUrlRewrite()
                .withNewPath()
                .withType("ReplacePrefixMatch")
                .withReplacePrefixMatch("/")
                .endPath()
                .endUrlRewrite()
                .build();
    }

    private static Optional<HTTPRouteFilter> headers(SiteRoutes site, Route route) {
        List<Header> headers = AnswerHeaders.of(site, route).stream()
                .limit(Unsaid.MOST_HEADERS)
                .toList();
        return headers.isEmpty()
                ? Optional.empty()
                : Optional.of(new HTTPRouteFilterBuilder()
                        .withType("ResponseHeaderModifier")
                        .withNewResponseHeaderModifier()
                        .withSet(headers.stream()
                                .filter(header -> header.value() != null)
                                .map(header -> new HTTPHeader(header.name(), header.value()))
                                .toList())
                        .withRemove(headers.stream()
                                .filter(header -> header.value() == null)
                                .map(Header::name)
                                .toList())
                        .endResponseHeaderModifier()
                        .build());
    }
}
