package dev.ashlar.operator.route;

import dev.ashlar.crds.Domain;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which Site has which domain, by {@code NAMESPACE/NAME}. Who has one keeps it for as long as it asks for it; then the oldest of those who ask
 * for it gets it. A name that a wildcard of another namespace stands for is that namespace's.
 */
record Holders(SortedMap<String, String> byDomain) {
    /** One Site's wish for one domain. */
    private record Claim(SiteRoutes site, String domain) {}

    /** After these Sites asked for what they ask for. */
    Holders settled(Collection<SiteRoutes> sites, SiteAddresses addresses) {
        Comparator<Claim> first = Comparator.comparing((Claim claim) -> !has(claim.site(), claim.domain()))
                .thenComparing(claim -> claim.site().created())
                .thenComparing(claim -> claim.site().key());
        SortedMap<String, String> settled = new TreeMap<>();
        sites.stream()
                .flatMap(site -> claims(site, addresses))
                .sorted(first)
                .filter(claim -> isFree(claim, settled))
                .forEach(claim -> settled.put(claim.domain(), claim.site().key()));
        return new Holders(settled);
    }

    private static Stream<Claim> claims(SiteRoutes site, SiteAddresses addresses) {
        return site.domains(addresses).stream()
                .map(Domain::name)
                .filter(domain -> addresses.mayHave(site.namespace(), site.name(), domain))
                .map(domain -> new Claim(site, domain));
    }

    private boolean isFree(Claim claim, SortedMap<String, String> settled) {
        String holder = settled.get(wildcard(claim.domain()));
        return !settled.containsKey(claim.domain())
                && (has(claim.site(), claim.domain())
                        || holder == null
                        || holder.startsWith(claim.site().namespace() + "/"));
    }

    /** {@code *.example.org} for {@code shop.example.org}. */
    static String wildcard(String domain) {
        return "*" + domain.substring(Math.max(0, domain.indexOf('.')));
    }

    boolean has(SiteRoutes site, String domain) {
        return site.key().equals(byDomain.get(domain));
    }

    /** The domains that a Site is answered at. */
    HeldDomains of(SiteRoutes site, SiteAddresses addresses) {
        return new HeldDomains(site.domains(addresses).stream()
                .filter(domain -> has(site, domain.name()))
                .toList());
    }

    /** The first domain that a Site asks for and does not have, and why, for its owner to read. */
    Optional<String> conflict(SiteRoutes site, SiteAddresses addresses) {
        return site.domains(addresses).stream()
                .map(Domain::name)
                .filter(domain -> !has(site, domain))
                .findFirst()
                .map(domain -> conflict(domain, addresses));
    }

    private String conflict(String domain, SiteAddresses addresses) {
        return Stream.of(domain, wildcard(domain))
                .flatMap(name -> Stream.ofNullable(byDomain.get(name)))
                .findFirst()
                .map(holder -> List.of(holder.split("/")))
                .map(holder ->
                        "Domain %s is held by Site %s in namespace %s; take it out of that one's domains, or out of these."
                                .formatted(domain, holder.get(1), holder.get(0)))
                .orElseGet(() ->
                        "Domain %s ends with %s, which is for Sites' own addresses in this cluster; choose another name."
                                .formatted(domain, addresses.suffix()));
    }
}
