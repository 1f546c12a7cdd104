package dev.ashlar.operator.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Site;
import dev.ashlar.operator.kube.Outcome;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a Site's owner reads of its certificates. */
class CertificatesTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final Certificates certificates = at("localhost", false);

    @Test
    void aSiteOfTheOwnCaOrOfNoneAsksForNothing() {
        assertThat(of(site("tls: {internal: {}}", "shop.test"))).isEmpty();
        assertThat(of(site("tls: {disabled: {}}", "shop.test"))).isEmpty();
        assertThat(of(site("", "shop.localhost"))).isEmpty();
    }

    @Test
    void waitsForAllAndThenSaysWhenTheFirstEnds() {
        Site shop = site("tls: {acme: {}}", "shop.test", "www.shop.test");
        assertThat(of(shop))
                .hasValueSatisfying(outcome -> assertThat(outcome)
                        .isInstanceOf(Outcome.Waiting.class)
                        .extracting(Outcome::message)
                        .asString()
                        .startsWith("The certificate of shop.test is asked for"));
        heard("\"shop.test\": {\"notAfter\": \"2027-02-03T04:05:06Z\"}");
        assertThat(of(shop).orElseThrow().message()).startsWith("The certificate of www.shop.test is asked for");
        heard(
                "\"shop.test\": {\"notAfter\": \"2027-02-03T04:05:06Z\"}, \"www.shop.test\": {\"notAfter\": \"2027-01-02T00:00:00Z\"}");
        assertThat(of(shop))
                .contains(new Outcome.Done(
                        "The certificates of all 2 domains are there; the first of them ends on 2027-01-02."));
    }

    @Test
    void saysInWordsWhyThereIsNone() {
        Site shop = site("", "shop.test");
        Map.of(
                        "dns", "shop.test has no address that leads here; correct its A and AAAA records in the DNS",
                        "connection", "The ACME server does not reach http://shop.test; open port 80",
                        "unauthorized", "Somebody else answers at http://shop.test; let its A and AAAA records lead",
                        "rateLimited", "The ACME server gives no more certificates for shop.test for now",
                        "caa", "The CAA record of shop.test lets this ACME server give no certificate",
                        "serverInternal", "The certificate of shop.test was not issued")
                .forEach((type, words) -> {
                    heard("\"shop.test\": {\"trouble\": {\"type\": \"%s\", \"detail\": \"so it said\"}}"
                            .formatted(type));
                    assertThat(of(shop)).hasValueSatisfying(outcome -> {
                        assertThat(outcome).isInstanceOf(Outcome.Waiting.class);
                        assertThat(outcome.message())
                                .startsWith(words)
                                .endsWith(", which is tried again by itself: so it said");
                    });
                });
    }

    @Test
    void aCertificateThatIsThereCountsMoreThanTroubleWithTheNext() {
        Site shop = site("", "shop.test");
        heard("\"shop.test\": {\"notAfter\": \"2027-02-03T04:05:06Z\", \"trouble\": {\"detail\": \"later\"}}");
        assertThat(of(shop)).hasValueSatisfying(outcome -> assertThat(outcome).isInstanceOf(Outcome.Done.class));
    }

    @Test
    void whatWasSaidStaysWhileAGatewayThatWasJustStartedDoesNotKnow() {
        Site shop = site("", "shop.test");
        heard("\"shop.test\": {\"notAfter\": \"2027-02-03T04:05:06Z\"}");
        Optional<Outcome> before = of(shop);
        assertThat(heard("")).isEmpty();
        assertThat(of(shop)).isEqualTo(before);
        assertThat(of(site("", "shop.test", "new.test")))
                .hasValueSatisfying(outcome -> assertThat(outcome).isInstanceOf(Outcome.Waiting.class));
    }

    @Test
    void noAcmeServerGivesOneForAWildcard() {
        assertThat(of(site("", "shop.test", "*.shop.test")))
                .hasValueSatisfying(outcome -> assertThat(outcome)
                        .isInstanceOf(Outcome.Stalled.class)
                        .extracting(Outcome::message)
                        .asString()
                        .startsWith("Domain *.shop.test of Site shop gets no certificate"));
    }

    @Test
    void onlySitesThatFareOtherwiseHearOfIt() {
        of(site("", "shop.test"));
        assertThat(heard("\"other.test\": {\"notAfter\": \"2027-02-03T04:05:06Z\"}"))
                .isEmpty();
        assertThat(heard("\"shop.test\": {\"notAfter\": \"2027-02-03T04:05:06Z\"}"))
                .containsExactly(new ResourceID("shop", "web"));
        assertThat(heard("\"shop.test\": {\"notAfter\": \"2027-02-03T04:05:06Z\"}"))
                .isEmpty();
        certificates.forget(new ResourceID("shop", "web"));
        assertThat(heard("")).isEmpty();
    }

    @Test
    void aSitesAddressIsEncryptedWhereHttpLeadsThere() {
        assertThat(certificates.url(site("", "shop.test"))).isEqualTo("http://shop.web.localhost:8080");
        assertThat(at("sites.test", false).url(site("", "shop.test"))).isEqualTo("https://shop.web.sites.test");
        assertThat(at("sites.test", false).url(site("tls: {internal: {}}", "shop.test")))
                .isEqualTo("http://shop.web.sites.test:8080");
        assertThat(at("localhost", true).url(site("", "shop.test"))).isEqualTo("https://shop.web.localhost");
    }

    private static Certificates at(String suffix, boolean trusted) {
        return new Certificates(
                new SiteAddresses(suffix, 8080, List.of("*")),
                new Encryption(
                        Encryption.Way.ACME,
                        443,
                        trusted,
                        "https://acme.test",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                "ashlar-system");
    }

    @Test
    void measuresWhenTheFirstOfAllEnds() {
        assertThat(certificates.firstEnd()).isZero();
        heard(
                "\"a.test\": {\"notAfter\": \"2027-02-03T04:05:06Z\"}, \"b.test\": {\"notAfter\": \"1970-01-01T00:01:00Z\"}, \"c.test\": {}");
        assertThat(certificates.firstEnd()).isEqualTo(60);
    }

    @Test
    void nothingIsHeardOfAGatewayThatHasNotWrittenYet() {
        assertThat(GatewayReport.of(new ConfigMap())).isEqualTo(GatewayReport.NOTHING);
        assertThat(GatewayReport.of(
                        new ConfigMapBuilder().addToData("status.json", "{").build()))
                .isEqualTo(GatewayReport.NOTHING);
    }

    private Optional<Outcome> of(Site site) {
        return certificates.of(site, site.getSpec());
    }

    private List<ResourceID> heard(String states) {
        return certificates.heard(GatewayReport.of(new ConfigMapBuilder()
                .addToData("status.json", "{\"certificates\": {%s}}".formatted(states))
                .build()));
    }

    private static Site site(String tls, String... domains) {
        String names = String.join("\"}, {name: \"", domains);
        return YAML.unmarshal("""
                apiVersion: ashlar.dev/v1alpha1
                kind: Site
                metadata: {name: shop, namespace: web, creationTimestamp: "2026-01-01T00:00:00Z"}
                spec:
                  domains: [{name: "%s"}]
                  routes: [{path: /, respond: 204}]
                  %s
                """.formatted(names, tls), Site.class);
    }
}
