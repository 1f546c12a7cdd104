package dev.ashlar.operator.validation;

import java.util.List;

/** A field of which exactly one member is given, and its members in an order in which each follows each other one. */
enum OneOf {
    HEALTH(Kind.SERVICE, "/spec/health", "health: %s", Member.CHECKS),
    LIVE(Kind.SERVICE, "/spec/health/live", "health: {tcp: http, live: %s}", Member.CHECKS),
    RUN(Kind.WORKER, "/spec", "%s", Member.RUNS),
    ENV(Kind.SERVICE, "/spec/env", "env: %s", Member.VARIABLES),
    FILE(Kind.SERVICE, "/spec/files", "files: %s", Member.FILES),
    VOLUME(Kind.WORKER, "/spec/volumes", "volumes: %s", Member.VOLUMES),
    ACCESS_FROM(Kind.SERVICE, "/spec/access/from", "access: {from: %s}", Member.PEERS),
    ACCESS_TO(Kind.SERVICE, "/spec/access/to", "access: {to: %s}", Member.PEERS),
    SITE_ENV(Kind.SITE, "/spec/env", "env: %s", Member.VARIABLES),
    SITE_SERVICE_HEALTH(Kind.SITE, "/spec/services/0/health", Kind.IN_SITE.formatted("health"), Member.CHECKS),
    SITE_SERVICE_ENV(Kind.SITE, "/spec/services/0/env", Kind.IN_SITE.formatted("env"), Member.VARIABLES),
    SITE_SERVICE_FILE(Kind.SITE, "/spec/services/0/files", Kind.IN_SITE.formatted("files"), Member.FILES),
    SITE_SERVICE_VOLUME(Kind.SITE, "/spec/services/0/volumes", Kind.IN_SITE.formatted("volumes"), Member.VOLUMES),
    SITE_ROUTE(Kind.SHOP, "/spec/routes", "routes: %s", Member.ROUTES);

    private final Kind kind;
    private final String place;
    private final String field;
    private final List<String> members;

    OneOf(Kind kind, String place, String field, List<String> members) {
        this.kind = kind;
        this.place = place;
        this.field = field;
        this.members = members;
    }

    String kind() {
        return kind.name;
    }

    /** The JSON pointer of the field. */
    String place() {
        return place;
    }

    List<String> members() {
        return members;
    }

    String yaml(String name, String member) {
        return "{apiVersion: ashlar.dev/v1alpha1, kind: %s, metadata: {name: %s}, spec: {%s, %s}}"
                .formatted(kind.name, name, kind.spec, field.formatted(member));
    }

    /** What the API server has at the place after the member was applied. */
    String stored(String member) {
        return place.equals("/spec") ? "{%s, %s}".formatted(kind.spec, member) : member;
    }

    /** What a kind needs besides the field. */
    private enum Kind {
        SERVICE("Service", Kind.IMAGE + ", ports: [{name: http, port: 8080}]"),
        WORKER("Service", Kind.IMAGE),
        SITE("Site", Kind.PAGE),
        SHOP("Site", Kind.PAGE + ", " + Kind.IN_SITE.formatted("args").formatted("[serve]"));

        static final String IMAGE =
                "image: \"api@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"";
        static final String PAGE = "domains: [{name: shop.example.org}], content: {" + IMAGE + "}";
        static final String IN_SITE =
                "services: [{name: api, " + IMAGE + ", ports: [{name: http, port: 8080}], %s: %%s}]";

        private final String name;
        private final String spec;

        Kind(String name, String spec) {
            this.name = name;
            this.spec = spec;
        }
    }

    /** The members of the one-ofs. */
    private static final class Member {
        static final String HTTP = "{path: /healthz, port: http}";
        static final String TCP = "{tcp: http}";
        static final String EXEC = "{exec: [/bin/check]}";
        static final List<String> CHECKS = List.of(HTTP, TCP, EXEC, HTTP, EXEC, TCP, HTTP);

        static final String REPLICAS = "replicas: 2";
        static final String SCHEDULE = "schedule: {cron: \"17 4 * * *\"}";
        static final String ONCE = "once: {deadline: 10m}";
        static final String PER_NODE = "perNode: {nodes: {disk: ssd}}";
        static final List<String> RUNS = List.of(
                REPLICAS, SCHEDULE, REPLICAS, ONCE, REPLICAS, PER_NODE, SCHEDULE, ONCE, SCHEDULE, PER_NODE, ONCE,
                PER_NODE, REPLICAS);

        static final String VALUE = "[{name: TOKEN, value: x}]";
        static final String SECRET = "[{name: TOKEN, secret: {name: api, key: token}}]";
        static final List<String> VARIABLES = List.of(VALUE, SECRET, VALUE);

        static final String CONTENT = "[{path: /etc/api.cfg, content: x}]";
        static final String SECRET_FILE = "[{path: /etc/api.cfg, secret: {name: api, key: cfg}}]";
        static final List<String> FILES = List.of(CONTENT, SECRET_FILE, CONTENT);

        static final String SIZE = "[{name: data, mountPath: /data, size: 1Gi}]";
        static final String TEMPORARY = "[{name: data, mountPath: /data, temporary: 64Mi}]";
        static final String CLAIM = "[{name: data, mountPath: /data, claim: other}]";
        static final List<String> VOLUMES = List.of(SIZE, TEMPORARY, CLAIM, SIZE, CLAIM, TEMPORARY, SIZE);

        static final String SERVICE = "[{path: /a, service: {name: api}}]";
        static final String OWN = "[{path: /a, content: {}}]";
        static final String UPSTREAM = "[{path: /a, upstream: {url: \"http://192.0.2.7\"}}]";
        static final String REDIRECT = "[{path: /a, redirect: {to: /b}}]";
        static final String RESPOND = "[{path: /a, respond: 404}]";
        static final List<String> ROUTES = List.of(
                SERVICE, OWN, SERVICE, UPSTREAM, SERVICE, REDIRECT, SERVICE, RESPOND, OWN, UPSTREAM, OWN, REDIRECT, OWN,
                RESPOND, UPSTREAM, REDIRECT, UPSTREAM, RESPOND, REDIRECT, RESPOND, SERVICE);

        static final String NEIGHBOUR = "[{service: web}]";
        static final String SITE = "[{site: shop}]";
        static final String CIDR = "[{cidr: 192.0.2.0/24}]";
        static final List<String> PEERS = List.of(NEIGHBOUR, SITE, CIDR, NEIGHBOUR, CIDR, SITE, NEIGHBOUR);
    }
}
