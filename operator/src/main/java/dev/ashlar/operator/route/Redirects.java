package dev.ashlar.operator.route;

import dev.ashlar.crds.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where redirects of all Sites lead, followed from route to route as a client would; queries and the way there, http or https, make no difference. */
final class Redirects {
    /** What browsers follow at most is twenty. */
    private static final int MOST = 20;
    /** A path that only grows ends nowhere either. */
    private static final int LONGEST = 8192;

    private static final Pattern URL = Pattern.compile("https?://([^/:]+)(?::([0-9]+))?(.*)");

    private final SiteAddresses addresses;
    private final Set<Integer> ports;
    private final Map<String, SiteRoutes> serving = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Holders holders;

    /** Where a client is. */
    private record Place(String host, String path) {
        @Override
        public String toString() {
            return host + path;
        }
    }

    Redirects(Collection<SiteRoutes> sites, Holders holders, Environment environment) {
        this.holders = holders;
        this.addresses = environment.addresses();
        this.ports = Set.of(addresses.port(), environment.encryption().port());
        sites.stream().filter(site -> !site.isInMaintenance()).forEach(this::add);
    }

    private void add(SiteRoutes site) {
        serving.put(addresses.host(site.namespace(), site.name()), site);
        HeldDomains held = holders.of(site, addresses);
        held.all().forEach(domain -> {
            if (held.isServed(domain)) {
                serving.put(domain.name(), site);
            } else {
                aliases.put(domain.name(), held.canonical().orElseThrow());
            }
        });
    }

    /** The first of a Site's redirects that never ends, for its owner to read. */
    Optional<String> endless(SiteRoutes site) {
        String host = holders.of(site, addresses).canonical().orElse(addresses.host(site.namespace(), site.name()));
        return site.routes().stream()
                .filter(route -> route.redirect() != null)
                .flatMap(route -> endless(site, route, new Place(host, route.path())).stream())
                .findFirst();
    }

    private Optional<String> endless(SiteRoutes site, Route route, Place start) {
        List<Place> passed = new ArrayList<>();
        Place place = start;
        while (place != null
                && !passed.contains(place)
                && passed.size() <= MOST
                && place.path().length() <= LONGEST) {
            passed.add(place);
            place = next(place);
        }
        if (place == null) {
            return Optional.empty();
        }
        String way = Stream.concat(passed.stream().limit(3), Stream.of(place))
                .map(Redirects::shortened)
                .collect(Collectors.joining(" → "));
        return Optional.of("Route %s of Site %s sends its clients in a circle: %s; let one of them lead elsewhere."
                .formatted(route.path(), site.name(), way));
    }

    private static String shortened(Place place) {
        String text = place.toString();
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    /** Null where the way ends. */
    private @Nullable Place next(Place place) {
        String alias = aliases.get(place.host());
        if (alias != null) {
            return new Place(alias, place.path());
        }
        SiteRoutes site = serving.getOrDefault(place.host(), serving.get(Holders.wildcard(place.host())));
        return site == null
                ? null
                : site.all().stream()
                        .filter(route -> isBelow(place.path(), route.path()))
                        .max(Comparator.comparingInt(route -> route.path().length()))
                        .flatMap(route -> Optional.ofNullable(route.redirect()))
                        .map(redirect -> target(redirect.to(), place))
                        .orElse(null);
    }

    private @Nullable Place target(String to, Place from) {
        String filled =
                to.replace("{uri}", from.path()).replace("{path}", from.path()).replace("{query}", "");
        String plain = filled.replaceFirst("[?#].*", "");
        if (plain.startsWith("/")) {
            return new Place(from.host(), plain);
        }
        Matcher url = URL.matcher(plain);
        boolean isHere = url.matches() && (url.group(2) == null || ports.contains(Integer.parseInt(url.group(2))));
        return isHere ? new Place(url.group(1), url.group(3).isEmpty() ? "/" : url.group(3)) : null;
    }

    private static boolean isBelow(String path, String prefix) {
        return prefix.equals("/") || path.equals(prefix) || path.startsWith(prefix + "/");
    }
}
