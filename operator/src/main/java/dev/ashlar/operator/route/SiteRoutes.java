package dev.ashlar.operator.route;

import dev.ashlar.crds.Domain;
import dev.ashlar.crds.Port;
import dev.ashlar.crds.Route;
import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteService;
import dev.ashlar.crds.SiteSpec;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one Site asks of the gateway.
 *
 * @param spec what runs of it, which may be an earlier one than it asks for
 */
record SiteRoutes(String namespace, String name, Instant created, SiteSpec spec) {
    /** The service that has a Site's content. */
    static final String CONTENT = "content";

    private static final int CONTENT_PORT = 8080;

    static SiteRoutes of(Site site, SiteSpec spec) {
        var metadata = site.getMetadata();
        return new SiteRoutes(
                metadata.getNamespace(), metadata.getName(), Instant.parse(metadata.getCreationTimestamp()), spec);
    }

    /** {@code NAMESPACE/NAME}. */
    String key() {
        return namespace + "/" + name;
    }

    /** Its own domains that are served in this environment, the canonical one first. */
    List<Domain> domains(SiteAddresses addresses) {
        return spec.domains().stream()
                .filter(domain -> addresses.isServed(domain.name()))
                .toList();
    }

    /** What the routes lead to by a port that is not there, the first of them. */
    Optional<String> unknownPort() {
        return spec.routes().stream()
                .filter(route ->
                        route.service() != null && port(route.service()).isEmpty())
                .findFirst()
                .map(this::unknown);
    }

    private String unknown(Route route) {
        Route.Target target = Objects.requireNonNull(route.service());
        List<String> ports = service(target.name()).ports().stream()
                .filter(port -> port.protocol() == Port.Protocol.TCP)
                .map(Port::name)
                .toList();
        String asked = target.port() == null ? "a port" : "port " + target.port();
        String has = ports.isEmpty() ? "no TCP port: give it one in its ports" : String.join(" and ", ports);
        return "Route %s of Site %s asks for %s of service %s, which has %s."
                .formatted(route.path(), name, asked, target.name(), has);
    }

    /** Where a service listens, {@code HOST:PORT}; empty when it has no such TCP port. */
    Optional<String> address(Route.Target target) {
        return port(target).map(port -> address(target.name(), port));
    }

    /** Where the content listens. */
    String contentAddress() {
        return address(CONTENT, CONTENT_PORT);
    }

    /** The last dot keeps the resolver from trying the name below the gateway's own namespace first. */
    private String address(String service, int port) {
        return "%s-%s.%s.svc.cluster.local.:%d".formatted(name, service, namespace, port);
    }

    private Optional<Integer> port(Route.Target target) {
        return service(target.name()).ports().stream()
                .filter(port -> port.protocol() == Port.Protocol.TCP)
                .filter(port -> target.port() == null || port.name().equals(target.port()))
                .findFirst()
                .map(Port::port);
    }

    /** The schema lets no route lead to a service that is not there. */
    private SiteService service(String service) {
        return spec.services().stream()
                .filter(each -> each.name().equals(service))
                .findFirst()
                .orElseThrow();
    }
}
