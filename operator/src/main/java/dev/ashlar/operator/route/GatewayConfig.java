package dev.ashlar.operator.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.crds.Domain;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that the gateway is told: Caddy's own configuration, the same one whatever the Sites are, and beside it hosts, Sites and logs, for the handler
 * {@code sites} of our gateway. That one finds the Site by the host and its handlers by the path, in the same time however many there are, and
 * changes only the Sites that differ; everything else is done by Caddy's own modules.
 */
final class GatewayConfig {
    private static final int LISTEN = 8080;
    private static final int LISTEN_ENCRYPTED = 8443;
    /** The namespace of the Secrets that hold certificates, accounts at ACME servers and the cluster's own CA. */
    private static final String CERTIFICATES = "ashlar-certificates";

    private static final int MAX_HEADER_BYTES = 65_536;
    private static final String HOSTS = "hosts";
    private static final String MAIN = "main";
    private static final String ALIAS = "alias-";
    private static final String FAILURE = "failure";
    private static final int RETRY_AFTER = 2;
    private static final String HELLO =
            "A Site answers at <code>%s</code>; <code>ashlar status</code> or <code>kubectl get sites -A</code> lists them.\n"
                    + "<p>Publish a folder of yours: <code>ashlar publish DIR --site NAME</code>.";

    private final Environment environment;
    private final Holders holders;
    private final GivenCertificates given;
    private final ObjectNode hosts = JsonNodeFactory.instance.objectNode();
    private final ObjectNode sites = JsonNodeFactory.instance.objectNode();
    private final ObjectNode logs = JsonNodeFactory.instance.objectNode();

    private GatewayConfig(Holders holders, Environment environment, GivenCertificates given) {
        this.holders = holders;
        this.environment = environment;
        this.given = given;
    }

    static ObjectNode of(
            Collection<SiteRoutes> sites, Holders holders, GivenCertificates given, Environment environment) {
        GatewayConfig config = new GatewayConfig(holders, environment, given);
        config.hello();
        sites.stream().sorted(Comparator.comparing(SiteRoutes::key)).forEach(config::add);
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.set("caddy", caddy(environment));
        all.set(HOSTS, config.hosts);
        all.set("sites", config.sites);
        if (!given.pems().isEmpty()) {
            given.pems().forEach(all.putObject("given")::put);
        }
        all.set("logs", config.logs);
        all.putObject("clients")
                .put("http", environment.addresses().port())
                .put("https", environment.encryption().port())
                .put("trusted", environment.encryption().isTrusted());
        return all;
    }

    /** Who has which host and nothing else, where another gateway is told of the Sites. */
    static ObjectNode of(Holders holders) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        ObjectNode hosts = config.putObject(HOSTS);
        holders.byDomain().forEach((host, site) -> hosts.putObject(host).put("site", site));
        return config;
    }

    /** Who has which host, as a configuration that was published has it. */
    static Holders holders(JsonNode config) {
        SortedMap<String, String> holders = new TreeMap<>();
        config.path(HOSTS)
                .propertyStream()
                .forEach(host ->
                        holders.put(host.getKey(), host.getValue().path("site").asText()));
        return new Holders(holders);
    }

    private void hello() {
        String text = HELLO.formatted(
                environment.addresses().origin(environment.addresses().host("NAMESPACE", "SITE")));
        host(
                environment.addresses().suffix(),
                "",
                MAIN,
                environment.encryption().of(null, environment.addresses().suffix()));
        ArrayNode page = JsonNodeFactory.instance.arrayNode().add(GatewayPage.of(200, "Ashlar", text));
        add(sites.putObject("").putArray(MAIN), "/", page);
    }

    private void add(SiteRoutes site) {
        String own = environment.addresses().host(site.namespace(), site.name());
        host(own, site.key(), MAIN, environment.encryption().ofOwn(site.tls(), own));
        if (site.accessLog() != null) {
            logs.put(site.key(), GatewayLogs.of(site.accessLog()));
        }
        ObjectNode sets = sites.putObject(site.key());
        main(sets.putArray(MAIN), site);
        RouteHandlers.failure(site).ifPresent(handlers -> add(sets.putArray(FAILURE), "/", handlers));
        HeldDomains held = holders.of(site, environment.addresses());
        for (Domain domain : held.all()) {
            if (held.isServed(domain)) {
                host(site, domain.name(), MAIN);
            } else {
                host(site, domain.name(), alias(sets, domain, held.canonical().orElseThrow()));
            }
        }
    }

    private void host(SiteRoutes site, String host, String set) {
        Encryption.Way way = environment.encryption().of(site.tls(), host);
        boolean isIssued = way != Encryption.Way.ACME || !host.startsWith("*");
        host(host, site.key(), set, isIssued ? way : Encryption.Way.DISABLED);
    }

    private void host(String host, String site, String set, Encryption.Way way) {
        ObjectNode owner = hosts.putObject(host).put("site", site).put("set", set);
        if (way != Encryption.Way.DISABLED) {
            owner.put("tls", way.name().toLowerCase(Locale.ROOT));
        }
        if (way == Encryption.Way.SECRET && given.bySite().containsKey(site)) {
            owner.put("certificate", given.bySite().get(site));
        }
    }

    private void main(ArrayNode set, SiteRoutes site) {
        if (site.isInMaintenance()) {
            add(set, "/", RouteHandlers.maintenance(site));
            return;
        }
        site.all().forEach(route -> add(set, route.path(), RouteHandlers.of(site, route, environment.cluster())));
    }

    private static void add(ArrayNode set, String path, ArrayNode handlers) {
        set.addObject().put("path", path).set("handle", handlers);
    }

    /** The name of the set of routes that sends clients to the canonical name. */
    private String alias(ObjectNode sets, Domain domain, String canonical) {
        int code = RouteHandlers.code(domain.code());
        String name = ALIAS + code;
        if (!sets.has(name)) {
            add(sets.putArray(name), "/", RouteHandlers.alias(canonical, code));
        }
        return name;
    }

    private static ObjectNode caddy(Environment environment) {
        ObjectNode caddy = JsonNodeFactory.instance.objectNode();
        caddy.putObject("admin").put("disabled", true).putObject("config").put("persist", false);
        caddy.putObject("storage")
                .put("module", "secrets")
                .put("namespace", CERTIFICATES)
                .put("copy", "/data/storage");
        caddy.putObject("logging").set("logs", GatewayLogs.all());
        ObjectNode apps = caddy.putObject("apps");
        ObjectNode http = apps.putObject("http").put("http_port", LISTEN).put("https_port", LISTEN_ENCRYPTED);
        ObjectNode server = server();
        environment.proxies().addTo(server);
        http.putObject("servers").set("sites", server);
        apps.putObject("certificates").set("acme", environment.encryption().server(LISTEN, LISTEN_ENCRYPTED));
        apps.putObject("pki")
                .putObject("certificate_authorities")
                .putObject("local")
                .put("name", "Ashlar")
                .put("root_common_name", "Ashlar, the CA of one cluster")
                .put("intermediate_common_name", "Ashlar")
                .put("install_trust", false);
        ObjectNode automation = apps.putObject("tls").putObject("automation");
        ObjectNode policy = automation.putArray("policies").addObject();
        policy.putArray("get_certificate").addObject().put("via", "sites");
        policy.putArray("issuers").addObject().put("module", "internal"); // which never gets to it
        automation.putObject("on_demand").putObject("permission").put("module", "nobody");
        return caddy;
    }

    /** One for both ports, so that there is one handler; Caddy speaks no TLS at its HTTP port. */
    private static ObjectNode server() {
        ObjectNode server = JsonNodeFactory.instance.objectNode();
        server.putArray("listen").add(":" + LISTEN).add(":" + LISTEN_ENCRYPTED);
        server.putArray("protocols").add("h1").add("h2").add("h3");
        server.putArray("tls_connection_policies").addObject();
        server.put("read_header_timeout", "10s").put("idle_timeout", "2m").put("max_header_bytes", MAX_HEADER_BYTES);
        server.putObject("automatic_https").put("disable", true);
        server.putObject("logs");
        server.putArray("routes").addObject().putArray("handle").addObject().put("handler", "sites");
        server.putObject("errors").set("routes", failures());
        return server;
    }

    /** In place of Caddy's empty answers. */
    private static ArrayNode failures() {
        ArrayNode routes = JsonNodeFactory.instance.arrayNode();
        failure(
                routes,
                "[502, 503]",
                GatewayPage.of(
                        503,
                        RETRY_AFTER,
                        "Not ready",
                        "Whoever should answer for Site {http.vars.site} does not. <code>ashlar status</code> says why."));
        failure(
                routes,
                "[504]",
                GatewayPage.of(
                        504,
                        "Too late",
                        "Whoever should answer for Site {http.vars.site} did not begin with it in time."));
        failure(
                routes,
                "[401]",
                GatewayPage.of(401, "Sign in", "This page is for those who have a name and a password here."));
        failure(
                routes,
                "[403]",
                GatewayPage.of(403, "Not allowed", "This page is not for the network that you come from."));
        failure(routes, "[413]", GatewayPage.of(413, "Too large", "This is more than may be sent here."));
        return routes;
    }

    private static void failure(ArrayNode routes, String statuses, ObjectNode page) {
        ObjectNode route = routes.addObject();
        route.putArray("match").addObject().put("expression", "{http.error.status_code} in " + statuses);
        route.putArray("handle").add(page);
    }
}
