package dev.ashlar.operator.route.standard;

import dev.ashlar.crds.BasicAuth;
import dev.ashlar.crds.Route;
import dev.ashlar.operator.route.AnswerHeaders;
import dev.ashlar.operator.route.SiteRoutes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a Site asks for and HTTPRoutes cannot say, for its owner to read. */
final class Unsaid {
    /** Of headers to set, and of headers to take out. */
    static final int MOST_HEADERS = 16;

    private static final String CLOSED = " (requests there get an error)";
    private static final String LEFT_OUT = " (left out)";

    private Unsaid() {}

    static List<String> of(SiteRoutes site) {
        List<String> unsaid = new ArrayList<>();
        if (site.isInMaintenance()) {
            unsaid.add("maintenance" + CLOSED);
        }
        if (!site.from().isEmpty()) {
            unsaid.add("from of the site (requests to all routes without their own get an error)");
        }
        if (asksForPasswords(site.basicAuth())) {
            unsaid.add("basicAuth of the site (requests to all routes without their own get an error)");
        }
        if (site.accessLog() != null) {
            unsaid.add("accessLog" + LEFT_OUT);
        }
        if (site.serverError() != null) {
            unsaid.add("content.serverError" + LEFT_OUT);
        }
        site.all().forEach(route -> unsaid.addAll(of(site, route)));
        return unsaid;
    }

    /** Whether nobody is let through, since what is asked for is to answer otherwise, or not everybody. */
    static boolean isClosed(SiteRoutes site, Route route) {
        return !site.allowed(route).isEmpty()
                || site.accounts(route).isPresent()
                || !closing(route).isEmpty();
    }

    private static List<String> of(SiteRoutes site, Route route) {
        List<String> unsaid = new ArrayList<>();
        closing(route).forEach(field -> unsaid.add(at(route, field) + CLOSED));
        if (route.maxBody() != null) {
            unsaid.add(at(route, "maxBody") + LEFT_OUT);
        }
        if (AnswerHeaders.of(site, route).size() > MOST_HEADERS) {
            unsaid.add(at(route, "headers beyond %d".formatted(MOST_HEADERS)) + LEFT_OUT);
        }
        return unsaid;
    }

    private static List<String> closing(Route route) {
        List<String> fields = new ArrayList<>();
        if (!route.from().isEmpty()) {
            fields.add("from");
        }
        if (asksForPasswords(route.basicAuth())) {
            fields.add("basicAuth");
        }
        if (route.upstream() != null) {
            fields.add("upstream");
        }
        if (route.respond() != null) {
            fields.add("respond");
        }
        if (route.redirect() != null
                && RedirectFilter.of(route.path(), route.redirect()).isEmpty()) {
            fields.add("redirect to " + route.redirect().to());
        }
        return fields;
    }

    private static boolean asksForPasswords(@Nullable BasicAuth auth) {
        return auth != null && auth.secret() != null;
    }

    private static String at(Route route, String field) {
        return "%s at %s".formatted(field, route.path());
    }
}
