package dev.ashlar.operator.route;

import java.util.List;
import java.util.Optional;

/** One where certificates come from an ACME server. */
final class TestEnvironment {
    private TestEnvironment() {}

    static Environment at(SiteAddresses addresses) {
        return of(addresses, new Proxies(Optional.empty(), Optional.empty()));
    }

    static Environment of(SiteAddresses addresses, Proxies proxies) {
        Encryption encryption = new Encryption(
                Encryption.Way.ACME,
                443,
                false,
                "https://acme.example.org/directory",
                Optional.of("ops@example.org"),
                Optional.empty(),
                Optional.empty());
        return new Environment(addresses, new ClusterRanges(List.of("10.43.0.0/16", "fd43::/64")), encryption, proxies);
    }
}
