package dev.ashlar.operator.route;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.crds.Route;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Caddy's handlers for one route, in the order in which a request meets them. */
final class RouteHandlers {
    private static final String HTTPS = ":443";
    private static final String HTTP = ":80";
    private static final Pattern PORT = Pattern.compile(":[0-9]+$");
    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9.]+");
    private static final int MOVED = 308;
    /** While a pod comes or goes, a connection may be refused for a moment. */
    private static final String TRY = "1s";
    /** A change of the Site lets its WebSockets be. */
    private static final String STREAMS = "24h";

    private RouteHandlers() {}

    /** Empty when the route leads nowhere. */
    static Optional<ArrayNode> of(SiteRoutes site, Route route) {
        return answer(site, route).map(answer -> {
            ArrayNode handlers = array();
            if (Boolean.TRUE.equals(route.stripPrefix())) {
                handlers.addObject().put("handler", "rewrite").put("strip_path_prefix", route.path());
            }
            if (route.redirect() == null && route.respond() == null) {
                handlers.add(encode());
            }
            return handlers.add(answer);
        });
    }

    /** For all that no route fits. */
    static ArrayNode content(SiteRoutes site) {
        return array().add(encode()).add(proxy(site.contentAddress()));
    }

    /** To the same path and query elsewhere. */
    static ArrayNode alias(String origin, int code) {
        return array().add(redirect(origin + "{uri}", code));
    }

    private static Optional<ObjectNode> answer(SiteRoutes site, Route route) {
        if (route.service() != null) {
            return site.address(route.service()).map(RouteHandlers::proxy);
        }
        if (route.upstream() != null) {
            return Optional.of(upstream(route.upstream()));
        }
        if (route.redirect() != null) {
            return Optional.of(
                    redirect(route.redirect().to(), code(route.redirect().code())));
        }
        return Optional.of(
                route.content() != null
                        ? proxy(site.contentAddress())
                        : respond(Objects.requireNonNull(route.respond())));
    }

    private static ObjectNode respond(int status) {
        return object().put("handler", "static_response").put("status_code", status);
    }

    /** The status of a redirect. */
    static int code(@Nullable Integer asked) {
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

    private static ObjectNode upstream(Route.Upstream upstream) {
        boolean tls = upstream.url().startsWith("https:");
        String authority = authority(upstream);
        Matcher port = PORT.matcher(authority);
        ObjectNode proxy = proxy(dialled(authority.replaceFirst(PORT.pattern(), ""))
                + (port.find() ? port.group() : tls ? HTTPS : HTTP));
        String host = upstream.host() == null ? authority : upstream.host();
        proxy.putObject("headers")
                .putObject("request")
                .putObject("set")
                .putArray("Host")
                .add(host);
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
