package dev.ashlar.operator.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Site;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which redirects never end. */
class RedirectsTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final SiteAddresses addresses = new SiteAddresses("sites.test", 80, List.of("test"));
    private final List<SiteRoutes> sites = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{path: /, redirect: {to: /en}}",
                "{path: /, redirect: {to: 'https://shop.test{uri}'}}",
                "{path: /, redirect: {to: 'https://shop.test:443{path}?a={query}'}}",
                "{path: /, redirect: {to: 'https://www.test/'}}",
                "{path: /, redirect: {to: 'https://shop.web.sites.test{uri}'}}",
                "{path: /a, redirect: {to: '/a{uri}'}}",
                "{path: /a, redirect: {to: '/a{uri}{uri}{uri}'}}",
                "{path: /a, redirect: {to: /b}}, {path: /b, redirect: {to: /a/deep}}",
                "{path: /a, redirect: {to: 'https://b.shop.test/a'}}"
            })
    void goesRoundWithinASite(String routes) {
        SiteRoutes shop =
                site("shop", "{name: shop.test}, {name: www.test}, {name: '*.shop.test', serve: true}", routes);
        assertThat(endless(shop))
                .hasValueSatisfying(message -> assertThat(message)
                        .startsWith("Route /")
                        .contains(" of Site shop sends its clients in a circle: shop.test/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{path: /, redirect: {to: /en}}, {path: /en, respond: 200}",
                "{path: /old, redirect: {to: '/new{uri}'}}",
                "{path: /old, redirect: {to: /older}}",
                "{path: /, redirect: {to: 'https://elsewhere.example.org{uri}'}}",
                "{path: /, redirect: {to: 'https://shop.test:8443{uri}'}}",
                "{path: /old, redirect: {to: 'https://shop.test/|^[%'}}"
            })
    void ends(String routes) {
        SiteRoutes shop = site("shop", "{name: shop.test}, {name: www.test}", routes);
        assertThat(endless(shop)).isEmpty();
    }

    @Test
    void goesRoundOverTwoSites() {
        SiteRoutes first = site("first", "{name: first.test}", "{path: /, redirect: {to: 'http://second.test{uri}'}}");
        SiteRoutes second =
                site("second", "{name: second.test}", "{path: /, redirect: {to: 'http://first.test{uri}'}}");
        assertThat(endless(first))
                .contains(
                        "Route / of Site first sends its clients in a circle: first.test/ → second.test/ → first.test/; let one of them lead elsewhere.");
        assertThat(endless(second)).isPresent();
    }

    private Optional<String> endless(SiteRoutes site) {
        Holders holders = new Holders(new TreeMap<>()).settled(sites, addresses);
        return new Redirects(sites, holders, TestEnvironment.at(addresses)).endless(site);
    }

    private SiteRoutes site(String name, String domains, String routes) {
        Site site = YAML.unmarshal("""
                metadata: {name: %s, namespace: web, creationTimestamp: "2027-01-01T00:00:00Z"}
                spec: {domains: [%s], content: {image: a}, routes: [%s]}
                """.formatted(name, domains, routes), Site.class);
        SiteRoutes made = SiteRoutes.of(site, site.getSpec(), Given.NOTHING);
        sites.add(made);
        return made;
    }
}
