package dev.ashlar.operator.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Domain;
import dev.ashlar.crds.Route;
import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteStatus;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Stage;
import dev.ashlar.operator.secret.Secrets;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who has which domain, and who hears of it. */
class GatewayTest {
    private static final long FIRST = 1_800_000_000;

    private final SiteAddresses addresses = new SiteAddresses("sites.test", 8080, List.of("test"));
    private final Environment environment = TestEnvironment.at(addresses);
    private final TestSecrets secrets = new TestSecrets();
    private Gateway gateway = gateway(GatewayKind.OWN);
    private final Set<ResourceID> there = new HashSet<>();
    private final List<ResourceID> told = new ArrayList<>();
    private Holders holders = new Holders(new TreeMap<>());

    @BeforeEach
    void follow() {
        gateway.follow(there::stream, told::add);
    }

    @Test
    void aSiteIsRoutedOnceItIsPublished() {
        Site shop = at("web", "shop", 1, "shop.test");
        assertThat(serve(shop)).isInstanceOf(Outcome.Waiting.class);
        publish();
        assertThat(serve(shop)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void whoHasADomainKeepsItAndTheOldestOfTheOthersIsNext() {
        Site young = at("web", "young", 3, "shop.test");
        serve(young);
        publish();
        Site old = at("old", "old", 1, "shop.test");
        Site middle = at("middle", "middle", 2, "shop.test");
        serve(old);
        serve(middle);
        publish();
        assertThat(serve(young)).isInstanceOf(Outcome.Done.class);
        assertThat(serve(old))
                .isInstanceOf(Outcome.Stalled.class)
                .extracting(Outcome::message)
                .asString()
                .contains("shop.test", "Site young in namespace web");
        serve(at("web", "young", 3, "else.test"));
        publish();
        assertThat(serve(old)).isInstanceOf(Outcome.Done.class);
        assertThat(serve(middle)).isInstanceOf(Outcome.Stalled.class);
    }

    @Test
    void aDomainIsFreeWhenItsSiteIsGone() {
        Site first = at("web", "first", 1, "shop.test");
        Site second = at("other", "second", 2, "shop.test");
        serve(first);
        serve(second);
        publish();
        assertThat(serve(second)).isInstanceOf(Outcome.Stalled.class);
        there.remove(ResourceID.fromResource(first));
        publish();
        assertThat(serve(second)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aNameUnderAWildcardIsTheWildcardsNamespaces() {
        serve(at("web", "shop", 1, "shop.test", "*.shop.test"));
        Site neighbour = at("web", "neighbour", 2, "blog.shop.test");
        Site stranger = at("other", "stranger", 3, "wiki.shop.test");
        serve(neighbour);
        serve(stranger);
        publish();
        assertThat(serve(neighbour)).isInstanceOf(Outcome.Done.class);
        assertThat(serve(stranger)).isInstanceOf(Outcome.Stalled.class);
    }

    @Test
    void anOlderSitesWildcardTakesNoNameThatSomebodyHas() {
        Site shop = at("web", "shop", 2, "shop.example.test");
        serve(shop);
        publish();
        serve(at("other", "old", 1, "old.test", "*.example.test"));
        publish();
        publish();
        assertThat(serve(shop)).isInstanceOf(Outcome.Done.class);
        assertThat(holders.byDomain()).containsEntry("shop.example.test", "web/shop");
    }

    @Test
    void noSiteHasTheAddressOfAnotherOrANameBelowIt() {
        for (String reserved :
                List.of("shop.web.sites.test", "a.thief.web.sites.test", "*.web.sites.test", "sites.test")) {
            Site thief = at("web", "thief", 1, reserved);
            serve(thief);
            publish();
            assertThat(serve(thief))
                    .extracting(Outcome::message)
                    .asString()
                    .contains(reserved + " ends with sites.test");
        }
    }

    @Test
    void aSiteMayNameItsOwnAddress() {
        Site shop = at("web", "shop", 1, "shop.web.sites.test", "shop.test");
        serve(shop);
        publish();
        assertThat(serve(shop)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void anUpstreamInTheClusterIsRefused() {
        for (String url : List.of("http://10.43.0.1:443", "https://[fd43::1]")) {
            Site shop = site("web", "shop", 1, """
                    {routes: [{path: /out, upstream: {url: "http://10.44.0.1"}}, {path: /in, upstream: {url: "%s"}}]}
                    """.formatted(url));
            serve(shop);
            publish();
            assertThat(serve(shop).message()).startsWith("Route /in of Site shop leads to " + url);
        }
    }

    @Test
    void aSiteThatWasNotHeardYetHoldsNobodyUpLater() {
        serve(at("web", "shop", 1, "shop.test"));
        publish();
        there.add(new ResourceID("new", "web"));
        assertThat(gateway.take()).isPresent();
    }

    @Test
    void ofAThousandSitesOnlyThoseAreToldThatFareOtherwise() {
        IntStream.range(0, 1000).forEach(i -> serve(at("web", "site-" + i, i, "site-" + i + ".test")));
        Site rival = at("other", "rival", 2000, "site-7.test");
        serve(rival);
        publish();
        told.clear();
        serve(at("web", "site-7", 7, "other.test"));
        publish();
        assertThat(told).containsExactlyInAnyOrder(new ResourceID("site-7", "web"), new ResourceID("rival", "other"));
    }

    @Test
    void nothingIsPublishedBeforeEverySiteWasHeard() {
        Site shop = at("web", "shop", 1, "shop.test");
        there.add(ResourceID.fromResource(shop));
        assertThat(gateway.take()).isEmpty();
        gateway.leave(shop);
        assertThat(gateway.take()).isPresent();
    }

    @Test
    void aSiteThatIsAskedForWhileItIsDeletedIsNotServed() {
        Site shop = at("web", "shop", 1, "shop.test");
        gateway.serve(shop, shop.getSpec());
        assertThat(gateway.take()).hasValueSatisfying(sites -> assertThat(sites).isEmpty());
    }

    @Test
    void afterAStartWhatWasToldStaysUntilThereIsMoreToSay() {
        Site shop = at("web", "shop", 1, "shop.test");
        Outcome done = new Outcome.Done("As it was.");
        shop.getMetadata().setGeneration(1L);
        shop.setStatus(new SiteStatus(
                1L,
                Conditions.of(List.of(new Stage(Stage.ROUTED, done)), List.of(), 1, Clock.systemUTC()),
                null,
                null,
                List.of(),
                Map.of(),
                List.of()));
        assertThat(serve(shop)).isEqualTo(done);
        shop.getMetadata().setGeneration(2L);
        assertThat(serve(shop)).isInstanceOf(Outcome.Waiting.class);
    }

    @Test
    void saysWhyNothingIsPublishedUntilSomethingIs() {
        Site shop = at("web", "shop", 1, "shop.test");
        serve(shop);
        gateway.notPublished();
        assertThat(serve(shop).message()).contains("cannot be told");
        publish();
        assertThat(serve(shop)).isInstanceOf(Outcome.Done.class);
        assertThat(serve(at("web", "shop", 1, "other.test")).message()).contains("about to be told");
    }

    @Test
    void aPortThatIsNotThereIsNamed() {
        Site shop = site("web", "shop", 1, """
                {routes: [{path: /api, service: {name: api, port: grpc}}],
                services: [{name: api, image: a, ports: [{name: http, port: 80}, {name: admin, port: 81}]}]}
                """);
        serve(shop);
        publish();
        assertThat(serve(shop).message())
                .isEqualTo("Route /api of Site shop asks for port grpc of service api, which has http and admin.");
    }

    @Test
    void whereRoutesAreObjectsASiteIsToldOfEachDomainThatItGetsToo() {
        gateway = gateway(GatewayKind.GATEWAY_API);
        follow();
        Site first = at("web", "first", 1, "a.test", "b.test");
        Site second = at("web", "second", 2, "a.test", "b.test");
        serve(first);
        serve(second);
        publish();
        Outcome before = serve(second);
        assertThat(held(second)).isEmpty();
        told.clear();
        serve(at("web", "first", 1, "a.test"));
        publish();
        assertThat(told).contains(ResourceID.fromResource(second));
        assertThat(serve(second)).isEqualTo(before);
        assertThat(held(second)).containsExactly(new Domain("b.test"));
    }

    private List<Domain> held(Site site) {
        return gateway.held(gateway.asked(site)).orElseThrow().all();
    }

    private Gateway gateway(GatewayKind kind) {
        return new Gateway(environment, secrets, kind);
    }

    private Outcome serve(Site site) {
        there.add(ResourceID.fromResource(site));
        return gateway.serve(site, site.getSpec());
    }

    private void publish() {
        SortedMap<String, SiteRoutes> sites = gateway.take().orElseThrow();
        holders = holders.settled(sites.values(), addresses);
        gateway.published(sites, holders, GivenCertificates.of(sites.values()));
    }

    @Test
    void aSiteThatTheGatewayLeavesOutIsToldWhyUntilItIsServed() {
        Site shop = at("web", "shop", 1, "shop.test");
        serve(shop);
        publish();
        serve(shop);
        ResourceID id = ResourceID.fromResource(shop);
        assertThat(gateway.heard(Map.of("web/shop", "no such handler", "web/gone", "either")))
                .containsExactly(id);
        assertThat(serve(shop))
                .isInstanceOfSatisfying(
                        Outcome.Stalled.class,
                        stalled ->
                                assertThat(stalled.message()).contains("does not serve Site shop", "no such handler"));
        told.clear();
        publish();
        assertThat(told).isEmpty();
        assertThat(gateway.heard(Map.of())).containsExactly(id);
        assertThat(serve(shop)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void goingBackToAnOlderSpecOpensNothing() {
        Site older = site(
                "web",
                "club",
                1,
                "{domains: [{name: club.test}], routes: [{path: /, respond: 204}, {path: /a, respond: 204}]}");
        Site now = site(
                "web",
                "club",
                1,
                "{domains: [{name: club.test}], from: [192.0.2.0/24], basicAuth: {secret: {name: users, key: users}}, routes: [{path: /a, respond: 204, from: [198.51.100.0/24]}]}");
        gateway.serve(now, older.getSpec());
        SiteRoutes routes = gateway.asked(now);
        assertThat(routes.from()).containsExactly("192.0.2.0/24");
        assertThat(routes.basicAuth()).isNotNull();
        assertThat(routes.given().accounts()).hasSize(1);
        assertThat(routes.routes()).extracting(Route::from).containsExactly(List.of(), List.of("198.51.100.0/24"));
    }

    @Test
    void aSiteHearsOfTheSecretsThatItNamesAndOfNoOther() {
        serve(site("web", "club", 1, "{domains: [{name: club.test}], basicAuth: {secret: {name: users, key: users}}}"));
        serve(at("web", "shop", 1, "shop.test"));
        ResourceID club = new ResourceID("club", "web");
        assertThat(gateway.users(new Secrets.Change("web", Optional.of("users"))))
                .containsExactly(club);
        assertThat(gateway.users(new Secrets.Change("web", Optional.empty()))).containsExactly(club);
        assertThat(gateway.users(new Secrets.Change("web", Optional.of("other"))))
                .isEmpty();
        assertThat(gateway.users(new Secrets.Change("shops", Optional.of("users"))))
                .isEmpty();
    }

    @Test
    void whatIsWrongWithASecretIsSaidAndTheRestGoesOn() {
        Site club =
                site("web", "club", 1, "{domains: [{name: club.test}], basicAuth: {secret: {name: none, key: users}}}");
        there.add(ResourceID.fromResource(club));
        serve(club);
        publish();
        assertThat(serve(club))
                .isInstanceOfSatisfying(
                        Outcome.Waiting.class,
                        waiting -> assertThat(waiting.reason()).isEqualTo(RouteReason.SecretMissing));
        assertThat(holders.byDomain()).containsKey("club.test");
    }

    private static Site at(String namespace, String name, int second, String... domains) {
        String names = Stream.of(domains).map("{name: \"%s\"}"::formatted).collect(Collectors.joining(", "));
        return site(namespace, name, second, "{domains: [%s], content: {image: a}}".formatted(names));
    }

    /** @param second how much younger it is than others */
    private static Site site(String namespace, String name, int second, String spec) {
        return new KubernetesSerialization()
                .unmarshal(
                        """
                        apiVersion: ashlar.dev/v1alpha1
                        kind: Site
                        metadata: {name: %s, namespace: %s, creationTimestamp: "%s"}
                        spec: %s
                        """.formatted(name, namespace, Instant.ofEpochSecond(FIRST + second), spec.replace("\n", " ")),
                        Site.class);
    }
}
