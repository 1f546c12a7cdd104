package dev.ashlar.operator.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.kube.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the gateway is told of all Sites. */
class GatewayConfigTest {
    private static final Holders NOBODY = new Holders(new TreeMap<>());
    private static final ClusterRanges CLUSTER = new ClusterRanges(List.of("10.43.0.0/16", "fd43::/64"));
    private static final SiteAddresses ADDRESSES = new SiteAddresses("sites.test", 8080, List.of("test"));

    private static final Encryption ENCRYPTION = new Encryption(
            Encryption.Way.ACME,
            443,
            false,
            "https://acme.example.org/directory",
            Optional.of("ops@example.org"),
            Optional.empty());

    static Stream<Path> cases() {
        return Golden.cases("route");
    }

    private static final TestSecrets SECRETS = new TestSecrets();

    @ParameterizedTest
    @MethodSource("cases")
    void isTheOneOfTheCase(Path folder) throws IOException {
        List<SiteRoutes> sites = sites(folder);
        Holders holders = NOBODY.settled(sites, ADDRESSES);
        Golden.matches(folder, Map.of("config", GatewayConfig.of(sites, holders, ADDRESSES, CLUSTER, ENCRYPTION)));
    }

    @Test
    void tellsWhoHasWhichDomainWhenItIsReadAgain() {
        List<SiteRoutes> sites = sites(Path.of("src/test/resources/route/domains"));
        Holders holders = NOBODY.settled(sites, ADDRESSES);
        JsonNode config = GatewaySecret.unpacked(
                GatewaySecret.packed(GatewayConfig.of(sites, holders, ADDRESSES, CLUSTER, ENCRYPTION)));
        assertThat(GatewayConfig.holders(config).byDomain()).containsAllEntriesOf(holders.byDomain());
    }

    @Test
    void tellsWhoHasWhichDomainForAnotherGatewayToo() {
        Holders holders = NOBODY.settled(sites(Path.of("src/test/resources/route/domains")), ADDRESSES);
        assertThat(GatewayConfig.holders(GatewayConfig.of(holders))).isEqualTo(holders);
    }

    @Test
    void isTheSameInWhateverOrderTheSitesCome() {
        List<SiteRoutes> sites = sites(Path.of("src/test/resources/route/domains"));
        Holders holders = NOBODY.settled(sites.reversed(), ADDRESSES);
        assertThat(GatewayConfig.of(sites.reversed(), holders, ADDRESSES, CLUSTER, ENCRYPTION))
                .isEqualTo(GatewayConfig.of(sites, NOBODY.settled(sites, ADDRESSES), ADDRESSES, CLUSTER, ENCRYPTION));
    }

    private static List<SiteRoutes> sites(Path folder) {
        return Golden.all(folder, Site.class).stream()
                .map(site -> SiteRoutes.of(
                        site,
                        site.getSpec(),
                        SiteSecrets.of(site.getSpec(), site.getMetadata().getNamespace(), SECRETS, Optional.empty())))
                .toList();
    }
}
