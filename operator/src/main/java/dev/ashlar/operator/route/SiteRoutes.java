package dev.ashlar.operator.route;

import dev.ashlar.crds.AccessLog;
import dev.ashlar.crds.BasicAuth;
import dev.ashlar.crds.Domain;
import dev.ashlar.crds.Header;
import dev.ashlar.crds.Port;
import dev.ashlar.crds.Route;
import dev.ashlar.crds.SecretKey;
import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteService;
import dev.ashlar.crds.SiteSpec;
import dev.ashlar.crds.Tls;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one Site asks of the gateway, and nothing else of it: an image that changes changes no route.
 *
 * @param serverError the path of the content's page for what cannot be reached
 * @param given what is in the Secrets that it names
 * @param ports the TCP ports of each of its services
 */
public record SiteRoutes(
        String namespace,
        String name,
        Instant created,
        List<Domain> domains,
        List<Route> routes,
        @Nullable Tls tls,
        List<Header> headers,
        List<String> from,
        @Nullable BasicAuth basicAuth,
        Given given,
        boolean isInMaintenance,
        @Nullable AccessLog accessLog,
        boolean hasContent,
        @Nullable String serverError,
        Map<String, List<Port>> ports) {
    private static final String CONTENT = "content";
    private static final int CONTENT_PORT = 8080;

    /** Where one of its services listens in the cluster: the name of its core Service, and the port. */
    public record Backend(String service, int port) {}

    /** @param spec what runs of it, which may be an earlier one than it asks for */
    public static SiteRoutes of(Site site, SiteSpec spec, Given given) {
        var metadata = site.getMetadata();
        return new SiteRoutes(
                metadata.getNamespace(),
                metadata.getName(),
                Instant.parse(metadata.getCreationTimestamp()),
                spec.domains(),
                spec.routes(),
                spec.tls(),
                spec.headers(),
                spec.from(),
                spec.basicAuth(),
                given,
                Boolean.TRUE.equals(site.getSpec().maintenance()),
                site.getSpec().accessLog(),
                spec.content() != null,
                spec.content() == null ? null : spec.content().serverError(),
                spec.services().stream().collect(Collectors.toMap(SiteService::name, SiteRoutes::tcp)));
    }

    private static List<Port> tcp(SiteService service) {
        return service.ports().stream()
                .filter(port -> port.protocol() == Port.Protocol.TCP)
                .toList();
    }

    /** {@code NAMESPACE/NAME}. */
    String key() {
        return namespace + "/" + name;
    }

    ResourceID id() {
        return new ResourceID(name, namespace);
    }

    /** Its routes, and that all else goes to the content. */
    public List<Route> all() {
        boolean isComplete =
                !hasContent || routes.stream().anyMatch(route -> route.path().equals("/"));
        return isComplete
                ? routes
                : Stream.concat(Stream.of(Route.toContent("/")), routes.stream())
                        .toList();
    }

    /** The address ranges of those who may ask by a route; empty when everybody may. */
    public List<String> allowed(Route route) {
        return route.from().isEmpty() ? from : route.from();
    }

    /** Where the accounts of those who may ask by a route are; empty when nobody is asked for a password. */
    public Optional<SecretKey> accounts(Route route) {
        return Optional.ofNullable(route.basicAuth() == null ? basicAuth : route.basicAuth())
                .flatMap(auth -> Optional.ofNullable(auth.secret()));
    }

    /** Its own domains that are served in this environment, the canonical one first. */
    List<Domain> domains(SiteAddresses addresses) {
        return domains.stream()
                .filter(domain -> addresses.isServed(domain.name()))
                .toList();
    }

    /** What the routes lead to by a port that is not there, the first of them, for the Site's owner to read. */
    Optional<String> unknownPort() {
        return routes.stream()
                .filter(route ->
                        route.service() != null && port(route.service()).isEmpty())
                .findFirst()
                .map(this::unknown);
    }

    private String unknown(Route route) {
        Route.Target target = Objects.requireNonNull(route.service());
        List<String> has = tcp(target).stream().map(Port::name).toList();
        return "Route %s of Site %s asks for %s of service %s, which has %s."
                .formatted(
                        route.path(),
                        name,
                        target.port() == null ? "a port" : "port " + target.port(),
                        target.name(),
                        has.isEmpty() ? "no TCP port: give it one in its ports" : String.join(" and ", has));
    }

    /** The first upstream that is an address of the cluster, for the Site's owner to read. */
    Optional<String> upstreamIn(ClusterRanges cluster) {
        return routes.stream()
                .filter(cluster::areUpstreamOf)
                .findFirst()
                .map(route ->
                        "Route %s of Site %s leads to %s, an address of this cluster; for a service of the site write service: {name: NAME}."
                                .formatted(
                                        route.path(),
                                        name,
                                        Objects.requireNonNull(route.upstream()).url()));
    }

    /** Where a service listens, {@code HOST:PORT}; empty when it has no such TCP port. */
    Optional<String> address(Route.Target target) {
        return backend(target).map(this::address);
    }

    /** Where the content listens. */
    String contentAddress() {
        return address(content());
    }

    /** The last dot keeps the resolver from trying the name below the gateway's own namespace first. */
    private String address(Backend backend) {
        return "%s.%s.svc.cluster.local.:%d".formatted(backend.service(), namespace, backend.port());
    }

    /** A service of the Site; empty when it has no such TCP port. */
    public Optional<Backend> backend(Route.Target target) {
        return port(target).map(port -> new Backend(name + "-" + target.name(), port.port()));
    }

    /** The Site's content. */
    public Backend content() {
        return new Backend(name + "-" + CONTENT, CONTENT_PORT);
    }

    private Optional<Port> port(Route.Target target) {
        return tcp(target).stream()
                .filter(port -> target.port() == null || port.name().equals(target.port()))
                .findFirst();
    }

    private List<Port> tcp(Route.Target target) {
        return ports.getOrDefault(target.name(), List.of());
    }
}
