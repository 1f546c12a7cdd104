package dev.ashlar.operator.route.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Domain;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.kube.Golden;
import dev.ashlar.operator.route.Given;
import dev.ashlar.operator.route.HeldDomains;
import dev.ashlar.operator.route.SiteRoutes;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the gateway is told of a Site, and what it cannot be told. */
class SiteHttpRoutesTest {
    private static final Parent PARENT = new Parent("infra", "web");
    private static final int MOST = 16;

    static Stream<Path> cases() {
        return Golden.cases("gateway-api");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void areThoseOfTheCase(Path folder) throws IOException {
        List<Site> sites = Golden.all(folder, Site.class);
        Map<String, List<String>> unsaid = new TreeMap<>();
        sites.forEach(site -> unsaid.put(site.getMetadata().getName(), Unsaid.of(routes(site))));
        Golden.matches(
                folder,
                Map.of(
                        "routes",
                        sites.stream()
                                .flatMap(site -> httpRoutes(site).stream())
                                .toList(),
                        "unsaid",
                        unsaid));
    }

    @Test
    void eachNameHasEachRouteAndNoneOfThemSaysMoreThanOneMay() {
        Site site = new KubernetesSerialization()
                .unmarshal(
                        """
                        apiVersion: ashlar.dev/v1alpha1
                        kind: Site
                        metadata: {name: large, namespace: web, uid: "1", creationTimestamp: "2026-01-01T00:00:00Z"}
                        spec: {domains: [%s], routes: [%s]}
                        """.formatted(
                                many("{name: d%d.test, serve: true}", 50), many("{path: /p%d, content: {}}", 100)),
                        Site.class);
        List<HTTPRoute> all = httpRoutes(site);
        assertThat(all).extracting(route -> route.getMetadata().getName()).doesNotHaveDuplicates();
        assertThat(all).allSatisfy(route -> {
            assertThat(route.getSpec().getHostnames()).hasSizeLessThanOrEqualTo(MOST);
            assertThat(route.getSpec().getRules()).hasSizeLessThanOrEqualTo(MOST);
        });
        assertThat(all.stream().flatMap(SiteHttpRoutesTest::pairs))
                .doesNotHaveDuplicates()
                .hasSize(51 * 100);
    }

    @Test
    void tellsOfHeadersBeyondWhatOneRuleMaySet() {
        Site site =
                new KubernetesSerialization().unmarshal("""
                        apiVersion: ashlar.dev/v1alpha1
                        kind: Site
                        metadata: {name: large, namespace: web, uid: "1", creationTimestamp: "2026-01-01T00:00:00Z"}
                        spec: {headers: [%s], routes: [{path: /, content: {}}]}
                        """.formatted(many("{name: X-%d, value: a}", 16)), Site.class);
        assertThat(Unsaid.of(routes(site))).containsExactly("headers beyond 16 at / (left out)");
        assertThat(httpRoutes(site)
                        .getFirst()
                        .getSpec()
                        .getRules()
                        .getFirst()
                        .getFilters()
                        .getFirst()
                        .getResponseHeaderModifier()
                        .getSet())
                .hasSize(MOST);
    }

    private static Stream<String> pairs(HTTPRoute route) {
        return route.getSpec().getHostnames().stream()
                .flatMap(name -> route.getSpec().getRules().stream()
                        .map(rule ->
                                name + rule.getMatches().getFirst().getPath().getValue()));
    }

    private static String many(String pattern, int count) {
        return IntStream.range(0, count).mapToObj(pattern::formatted).collect(Collectors.joining(", "));
    }

    private static List<HTTPRoute> httpRoutes(Site site) {
        String address = "%s.%s.sites.test"
                .formatted(site.getMetadata().getName(), site.getMetadata().getNamespace());
        List<Domain> domains = site.getSpec().domains();
        return new SiteHttpRoutes(site, routes(site), address, new HeldDomains(domains), PARENT).all();
    }

    private static SiteRoutes routes(Site site) {
        return SiteRoutes.of(site, site.getSpec(), Given.NOTHING);
    }
}
