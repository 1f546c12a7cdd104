package dev.ashlar.operator.route;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.crds.Header;
import dev.ashlar.crds.Route;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Caddy's handlers for one route, in the order in which a request meets them. */
public final class RouteHandlers {
    private static final String HTTPS = ":443";
    private static final String HTTP = ":80";
    private static final Pattern PORT = Pattern.compile(":[0-9]+$");
    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9.]+");
    private static final int MOVED = 308;
    /** While a pod comes or goes, a connection may be refused for a moment. */
    private static final String TRY = "1s";
    /** A change of the Site lets its WebSockets be. */
    private static final String STREAMS = "24h";

    private static final int MAINTENANCE_RETRY_AFTER = 60;
    /** With these a client could be told that it knows the page, or be given a part of it. */
    private static final List<String> CONDITIONAL =
            List.of("If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since", "If-Range", "Range");

    private RouteHandlers() {}

    /** One that leads nowhere is answered by nobody: another one above it may be open to more than this is. */
    static ArrayNode of(SiteRoutes site, Route route, ClusterRanges cluster) {
        ArrayNode handlers = allowing(site.allowed(route));
        headers(handlers, AnswerHeaders.of(site, route));
        SignIn.of(site, route).ifPresent(signIn -> signIn.addTo(handlers));
        if (route.maxBody() != null) {
            handlers.addObject()
                    .put("handler", "request_body")
                    .put("max_size", route.maxBody().getNumericalAmount().longValue());
        }
        if (Boolean.TRUE.equals(route.stripPrefix())) {
            handlers.addObject().put("handler", "rewrite").put("strip_path_prefix", route.path());
        }
        if (route.redirect() == null && route.respond() == null) {
            handlers.add(encode());
        }
        return handlers.add(answer(site, route, cluster));
    }

    /** In place of all routes. */
    static ArrayNode maintenance(SiteRoutes site) {
        return allowing(site.from())
                .add(GatewayPage.of(
                        503,
                        MAINTENANCE_RETRY_AFTER,
                        "Back soon",
                        "Site {http.vars.site} is being worked on; please come back later."));
    }

    /** The content's page for what cannot be reached, with the status in the variable {@code failure}. */
    static Optional<ArrayNode> failure(SiteRoutes site) {
        return Optional.ofNullable(site.serverError()).map(path -> {
            ObjectNode proxy = proxy(site.contentAddress());
            proxy.putObject("rewrite").put("method", "GET").put("uri", path);
            ArrayNode dropped = proxy.withObject("/headers/request").putArray("delete");
            CONDITIONAL.forEach(dropped::add);
            ArrayNode answers = proxy.putArray("handle_response");
            ObjectNode found = answers.addObject();
            found.putObject("match").putArray("status_code").add(200);
            found.putArray("routes")
                    .addObject()
                    .putArray("handle")
                    .addObject()
                    .put("handler", "copy_response")
                    .put("status_code", "{http.vars.failure}");
            answers.addObject()
                    .putArray("routes")
                    .addObject()
                    .putArray("handle")
                    .add(error(502));
            return array().add(proxy);
        });
    }

    /** To the same path and query at another host, in the same way. */
    static ArrayNode alias(String host, int code) {
        return array().add(redirect("{http.vars.scheme}://" + host + "{http.vars.port}{uri}", code));
    }

    private static ObjectNode answer(SiteRoutes site, Route route, ClusterRanges cluster) {
        if (route.service() != null) {
            return site.address(route.service())
                    .map(address -> within(route.timeout(), proxy(address)))
                    .orElseGet(() -> error(503));
        }
        if (route.upstream() != null) {
            return cluster.areUpstreamOf(route)
                    ? error(503)
                    : within(
                            route.timeout(),
                            upstream(route.upstream(), site.accounts(route).isPresent(), cluster));
        }
        if (route.redirect() != null) {
            return redirect(route.redirect().to(), code(route.redirect().code()));
        }
        return route.content() != null
                ? proxy(site.contentAddress())
                : respond(Objects.requireNonNull(route.respond()));
    }

    /** Lets everybody pass when there are no ranges. */
    private static ArrayNode allowing(List<String> ranges) {
        ArrayNode handlers = array();
        if (!ranges.isEmpty()) {
            ObjectNode refusal = handlers.addObject()
                    .put("handler", "subroute")
                    .putArray("routes")
                    .addObject();
            ArrayNode allowed = refusal.putArray("match")
                    .addObject()
                    .putArray("not")
                    .addObject()
                    .putObject("client_ip")
                    .putArray("ranges");
            ranges.forEach(allowed::add);
            refusal.putArray("handle").add(error(403));
        }
        return handlers;
    }

    private static void headers(ArrayNode handlers, Collection<Header> headers) {
        if (headers.isEmpty()) {
            return;
        }
        ObjectNode response = handlers.addObject()
                .put("handler", "headers")
                .putObject("response")
                .put("deferred", true);
        for (Header header : headers) {
            if (header.value() == null) {
                response.withArray("/delete").add(header.name());
            } else {
                response.withObject("/set").putArray(header.name()).add(literally(header.value()));
            }
        }
    }

    /** Caddy fills nothing in. */
    private static String literally(String text) {
        return text.replace("{", "\\{");
    }

    private static ObjectNode respond(int status) {
        return object().put("handler", "static_response").put("status_code", status);
    }

    /** The gateway has a page for it. */
    private static ObjectNode error(int status) {
        return object().put("handler", "error").put("status_code", status);
    }

    /** The status of a redirect. */
    public static int code(@Nullable Integer asked) {
        return asked == null ? MOVED : asked;
    }

    private static ObjectNode redirect(String to, int code) {
        String location = to.replace("{uri}", "{http.request.uri}")
                .replace("{path}", "{http.request.uri.path}")
                .replace("{query}", "{http.request.uri.query}");
        ObjectNode redirect = respond(code);
        redirect.putObject("headers").putArray("Location").add(location);
        return redirect;
    }

    /** @param isProtected whether clients send a password, which is not for others */
    private static ObjectNode upstream(Route.Upstream upstream, boolean isProtected, ClusterRanges cluster) {
        boolean tls = upstream.url().startsWith("https:");
        String authority = authority(upstream);
        Matcher port = PORT.matcher(authority);
        ObjectNode proxy = proxy(dialled(authority.replaceFirst(PORT.pattern(), ""))
                + (port.find() ? port.group() : tls ? HTTPS : HTTP));
        ArrayNode denied =
                proxy.withObject("/transport").put("protocol", "outward").putArray("denied");
        cluster.all().forEach(denied::add);
        String host = upstream.host() == null ? authority : upstream.host();
        proxy.putObject("headers")
                .putObject("request")
                .putObject("set")
                .putArray("Host")
                .add(host);
        if (isProtected) {
            proxy.withObject("/headers/request").putArray("delete").add("Authorization");
        }
        if (tls) {
            proxy.withObject("/transport").putObject("tls").put("server_name", bare(host));
        }
        return proxy;
    }

    /** The name or the address in an upstream's URL. */
    static String host(Route.Upstream upstream) {
        return bare(authority(upstream));
    }

    private static String authority(Route.Upstream upstream) {
        return upstream.url().replaceFirst("^https?://", "");
    }

    private static String bare(String authority) {
        return authority.replaceFirst(PORT.pattern(), "").replaceAll("[\\[\\]]", "");
    }

    /** A name is looked up as it is: without the last dot, the resolver would try it as one of the cluster's. */
    private static String dialled(String host) {
        return ADDRESS.matcher(host).matches() ? host : host + ".";
    }

    private static ObjectNode proxy(String address) {
        ObjectNode proxy = object().put("handler", "reverse_proxy");
        proxy.putArray("upstreams").addObject().put("dial", address);
        proxy.putObject("load_balancing").put("try_duration", TRY);
        proxy.putObject("transport").put("protocol", "http").put("dial_timeout", "3s");
        return proxy.put("stream_close_delay", STREAMS);
    }

    private static ObjectNode within(@Nullable String timeout, ObjectNode proxy) {
        if (timeout != null) {
            proxy.withObject("/transport").put("response_header_timeout", timeout);
        }
        return proxy;
    }

    private static ObjectNode encode() {
        ObjectNode encode = object().put("handler", "encode");
        encode.putObject("encodings").putObject("zstd");
        encode.withObject("/encodings").putObject("gzip");
        encode.putArray("prefer").add("zstd").add("gzip");
        return encode;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }
}
