package dev.ashlar.operator.route;

import dev.ashlar.crds.Header;
import dev.ashlar.crds.Route;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The headers that a Site asks of the answers of one route. */
public final class AnswerHeaders {
    /** What content has unless the Site says otherwise, as OWASP's HTTP Headers Cheat Sheet has it. */
    private static final List<Header> SAFE = List.of(
            new Header("X-Content-Type-Options", "nosniff"),
            new Header("X-Frame-Options", "SAMEORIGIN"),
            new Header("Referrer-Policy", "strict-origin-when-cross-origin"));

    private AnswerHeaders() {}

    /** By name; of those that have one name, in whatever case, the last counts. */
    public static Collection<Header> of(SiteRoutes site, Route route) {
        SortedMap<String, Header> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Stream.of(route.content() == null ? List.<Header>of() : SAFE, site.headers(), route.headers())
                .flatMap(List::stream)
                .forEach(header -> byName.put(header.name(), header));
        return byName.values();
    }
}
