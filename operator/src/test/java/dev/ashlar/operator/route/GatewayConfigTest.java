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
    private static final SiteAddresses ADDRESSES = new SiteAddresses("sites.test", 8080, List.of("test"));
    private static final Environment ENVIRONMENT = TestEnvironment.at(ADDRESSES);

    static Stream<Path> cases() {
        return Golden.cases("route");
    }

    private static final TestSecrets SECRETS = new TestSecrets();

    @ParameterizedTest
    @MethodSource("cases")
    void isTheOneOfTheCase(Path folder) throws IOException {
        List<SiteRoutes> sites = sites(folder);
        Holders holders = NOBODY.settled(sites, ADDRESSES);
        Golden.matches(folder, Map.of("config", config(sites, holders, ENVIRONMENT)));
    }

    @Test
    void tellsWhoHasWhichDomainWhenItIsReadAgain() {
        List<SiteRoutes> sites = sites(Path.of("src/test/resources/route/domains"));
        Holders holders = NOBODY.settled(sites, ADDRESSES);
        JsonNode config = GatewaySecret.unpacked(GatewaySecret.packed(config(sites, holders, ENVIRONMENT)));
        assertThat(GatewayConfig.holders(config).byDomain()).containsAllEntriesOf(holders.byDomain());
    }

    @Test
    void believesOnlyThoseProxiesThatTheEnvironmentNames() {
        Proxies proxies = new Proxies(Optional.of(List.of("192.0.2.0/24")), Optional.of(List.of("198.51.100.7/32")));
        JsonNode server = config(List.of(), NOBODY, TestEnvironment.of(ADDRESSES, proxies))
                .at("/caddy/apps/http/servers/sites");
        assertThat(server.path("trusted_proxies").toString())
                .isEqualTo("{\"source\":\"static\",\"ranges\":[\"192.0.2.0/24\"]}");
        assertThat(server.path("listener_wrappers").toString())
                .isEqualTo(
                        "[{\"wrapper\":\"proxy_protocol\",\"fallback_policy\":\"SKIP\",\"allow\":[\"198.51.100.7/32\"]},{\"wrapper\":\"tls\"}]");
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
        assertThat(config(sites.reversed(), holders, ENVIRONMENT))
                .isEqualTo(config(sites, NOBODY.settled(sites, ADDRESSES), ENVIRONMENT));
    }

    private static JsonNode config(List<SiteRoutes> sites, Holders holders, Environment environment) {
        return GatewayConfig.of(sites, holders, GivenCertificates.of(sites), environment);
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
