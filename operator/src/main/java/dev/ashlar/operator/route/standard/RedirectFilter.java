package dev.ashlar.operator.route.standard;

import dev.ashlar.crds.Route;
import dev.ashlar.operator.route.RouteHandlers;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPPathModifier;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPPathModifierBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRequestRedirectFilter;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRequestRedirectFilterBuilder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A redirect as a filter, where it leads to a whole path or keeps path and query behind another beginning. */
final class RedirectFilter {
    private static final int LONGEST_PATH = 1024;
    private static final int LARGEST_PORT = 65_535;
    private static final Pattern TARGET = Pattern.compile(
            "(?:(https?)://([a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:[.][a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*)(?::([0-9]+))?)?((?:/[^?#{}]*)?)(\\{uri})?");

    private RedirectFilter() {}

    /**
     * Empty when no filter says it.
     *
     * @param path of the route
     */
    static Optional<HTTPRequestRedirectFilter> of(String path, Route.Redirect redirect) {
        Matcher target = TARGET.matcher(redirect.to());
        if (!target.matches() || redirect.to().length() > LONGEST_PATH) {
            return Optional.empty();
        }
        Integer port = target.group(3) == null ? null : Integer.valueOf(target.group(3));
        String beginning = target.group(4);
        boolean keeps = target.group(5) != null;
        if (port != null && port > LARGEST_PORT || keeps && beginning.endsWith("/")) {
            return Optional.empty();
        }
        return Optional.of(new HTTPRequestRedirectFilterBuilder()
                .withScheme(target.group(1))
                .withHostname(target.group(2))
                .withPort(port)
                .withPath(keeps ? behind(beginning, path) : whole(beginning))
                .withStatusCode(RouteHandlers.code(redirect.code()))
                .build());
    }

    /** From each name to another, path and query kept. */
    static HTTPRequestRedirectFilter alias(String canonical, int code) {
        return new HTTPRequestRedirectFilterBuilder()
                .withHostname(canonical)
                .withStatusCode(code)
                .build();
    }

    /** Nothing is changed of a path that begins with nothing new. */
    private static @Nullable HTTPPathModifier behind(String beginning, String path) {
        return beginning.isEmpty()
                ? null
                : new HTTPPathModifierBuilder()
                        .withType("ReplacePrefixMatch")
                        .withReplacePrefixMatch(path.equals("/") ? beginning : beginning + path)
                        .build();
    }

    private static HTTPPathModifier whole(String path) {
        return new HTTPPathModifierBuilder()
                .withType("ReplaceFullPath")
                .withReplaceFullPath(path.isEmpty() ? "/" : path)
                .build();
    }
}
