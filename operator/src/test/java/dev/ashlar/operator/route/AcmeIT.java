package dev.ashlar.operator.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestImages;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.cluster.TestTrust;
import dev.ashlar.operator.cluster.pki.Authority;
import dev.ashlar.operator.cluster.pki.Credential;
import dev.ashlar.operator.cluster.pki.Identity;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.kube.Stage;
import dev.ashlar.operator.outage.OperatorPods;
import dev.ashlar.operator.outage.TestSite;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Certificates from a real ACME server, Pebble, which asks its own DNS server where each name leads: to the gateway. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AcmeIT {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Duration ROLLOUT = Duration.ofSeconds(120);
    /** The gateway asks for ten certificates in ten seconds. */
    private static final Duration ISSUED = Duration.ofSeconds(120);
    /** After the first failure the gateway waits for a minute. */
    private static final Duration AGAIN = Duration.ofSeconds(240);

    private static final int SITES = 50;
    private static final String DIRECTORY = "ASHLAR_ACME_DIRECTORY";
    private static final String ROOTS = "ASHLAR_ACME_ROOTS";
    private static final String RENEWAL_CHECK = "ASHLAR_ACME_RENEWAL_CHECK";
    /** A certificate lasts for five minutes. */
    private static final Duration RENEWED = Duration.ofMinutes(5);

    private final KubernetesClient client;
    private final String namespace;
    private final TestGateway gateway;
    private final Authority authority = Authority.create("pebble-test", Clock.systemUTC());

    AcmeIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
        this.gateway = TestGateway.of(client);
    }

    @BeforeAll
    void bringPebbleUp() throws IOException {
        String image = TestImages.push(client, "pebble");
        start("""
                apiVersion: ashlar.dev/v1alpha1
                kind: Service
                metadata: {name: dns}
                spec:
                  image: %s
                  command: [/pebble-challtestsrv]
                  args: [-http01, "", -https01, "", -doh, "", -tlsalpn01, "", -dnsserver, ":8053", -defaultIPv6, "", -defaultIPv4, "%s"]
                  ports: [{name: manage, port: 8055}, {name: dns, port: 8053}]
                """.formatted(image, gateway.plain().getAddress().getHostAddress()));
        String host = "pebble.%s.svc.cluster.local".formatted(namespace);
        String dns = address("dns");
        Credential server = authority.issue(Identity.server("pebble", host));
        start("""
                apiVersion: ashlar.dev/v1alpha1
                kind: Service
                metadata: {name: pebble}
                spec:
                  image: %s
                  args: [-config, /etc/pebble/config.json, -dnsserver, "%s:8053"]
                  env: [{name: PEBBLE_VA_NOSLEEP, value: "1"}, {name: PEBBLE_AUTHZREUSE, value: "0"}]
                  ports: [{name: acme, port: 14000}, {name: manage, port: 15000}]
                  files:
                  - path: /etc/pebble/config.json
                    content: |
                      {"pebble": {
                        "listenAddress": ":14000", "managementListenAddress": ":15000",
                        "certificate": "/etc/pebble/tls.crt", "privateKey": "/etc/pebble/tls.key",
                        "httpPort": 8080, "tlsPort": 8443,
                        "profiles": {"default": {"description": "five minutes", "validityPeriod": 300}}}}
                  - path: /etc/pebble/tls.crt
                    content: |
                %s
                  - path: /etc/pebble/tls.key
                    content: |
                %s
                """.formatted(
                image, dns, server.certificatePem().indent(6), server.keyPem().indent(6)));
        setOperator(List.of(
                new EnvVar(DIRECTORY, "https://%s:14000/dir".formatted(host), null),
                new EnvVar(ROOTS, authority.credential().certificatePem(), null),
                new EnvVar(RENEWAL_CHECK, "5s", null)));
        apply("renewed");
    }

    @AfterAll
    void leaveTheOperatorAsItWas() {
        setOperator(List.of());
    }

    @Test
    void aSiteHasItsCertificateAndKeepsItOverAStartOfTheGateway() throws Exception {
        apply("shop");
        awaitCertificate("shop", ISSUED);
        SSLContext trust = issuedByPebble();
        RawRequest request = request("shop.acme.test");
        assertThat(request.ask(gateway.encrypted(), trust).status()).isEqualTo(204);
        assertThat(request.ask(gateway.plain()).headers().get("Location")).isEqualTo("https://shop.acme.test:8443/");
        assertThat(certificate("shop").orElseThrow().message())
                .startsWith("The certificates of all 1 domains are there");
        X509Certificate before = shown(request, trust);
        String former =
                gateway.pods().list().getItems().getFirst().getMetadata().getName();
        gateway.pods().delete();
        await().atMost(ROLLOUT)
                .until(() -> client.pods()
                                .inNamespace("ashlar-system")
                                .withName(former)
                                .get()
                        == null);
        await().atMost(ROLLOUT)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(request.ask(gateway.encrypted(), trust).status())
                                .isEqualTo(204));
        assertThat(shown(request, trust)).isEqualTo(before);
    }

    @Test
    void aNameThatLeadsNowhereIsSaidAndTriedAgain() throws Exception {
        manage("/set-servfail", "nowhere.acme.test");
        apply("nowhere");
        await().atMost(ISSUED)
                .untilAsserted(() -> assertThat(certificate("nowhere")).hasValueSatisfying(condition -> {
                    assertThat(condition.reason()).isEqualTo("NotIssued");
                    assertThat(condition.message()).contains("nowhere.acme.test", "tried again by itself");
                }));
        manage("/clear-servfail", "nowhere.acme.test");
        awaitCertificate("nowhere", AGAIN);
    }

    /** It is asked for before all others, so that not much of its life is left to wait for. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aCertificateIsRenewedBeforeItEnds() throws Exception {
        awaitCertificate("renewed", ISSUED);
        SSLContext trust = issuedByPebble();
        RawRequest request = request("renewed.acme.test");
        X509Certificate first = shown(request, trust);
        await().atMost(RENEWED)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> !shown(request, trust).getSerialNumber().equals(first.getSerialNumber()));
        assertThat(Instant.now()).isBefore(first.getNotAfter().toInstant());
    }

    /** And the gateway is killed in the middle of it. */
    @Test
    void manySitesAtOnceAllHaveTheirs() {
        List<String> names =
                IntStream.range(0, SITES).mapToObj(i -> "many-" + i).toList();
        names.forEach(this::apply);
        List<String> missing = new ArrayList<>(names);
        await().atMost(ISSUED).until(() -> names.stream().anyMatch(this::isCertified));
        gateway.pods().withGracePeriod(0).delete();
        await().atMost(ISSUED.multipliedBy(3)).until(() -> {
            missing.removeIf(this::isCertified);
            return missing.isEmpty();
        });
    }

    private boolean isCertified(String name) {
        return certificate(name)
                .filter(condition -> condition.status().equals("True"))
                .isPresent();
    }

    private void apply(String name) {
        Site site = YAML.unmarshal("""
                apiVersion: ashlar.dev/v1alpha1
                kind: Site
                metadata: {name: %1$s}
                spec:
                  domains: [{name: %1$s.acme.test}]
                  tls: {acme: {}}
                  routes: [{path: /, respond: 204}]
                """.formatted(name), Site.class);
        client.resource(site).inNamespace(namespace).serverSideApply();
    }

    private static RawRequest request(String host) {
        return new RawRequest(null, host, "/", null, null, 0);
    }

    private X509Certificate shown(RawRequest request, SSLContext trust) throws IOException {
        try (var socket = request.encrypted(gateway.encrypted(), trust)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private SSLContext issuedByPebble() throws Exception {
        byte[] own = authority.credential().certificatePem().getBytes(StandardCharsets.UTF_8);
        RawRequest roots =
                new RawRequest(null, "pebble.%s.svc.cluster.local".formatted(namespace), "/roots/0", null, null, 0);
        String root = roots.ask(new InetSocketAddress(address("pebble"), 15000), TestTrust.only(own))
                .body();
        return TestTrust.only(root.getBytes(StandardCharsets.UTF_8));
    }

    private void awaitCertificate(String site, Duration atMost) {
        await().atMost(atMost)
                .untilAsserted(() -> assertThat(certificate(site))
                        .hasValueSatisfying(condition -> assertThat(condition.status())
                                .as(condition.message())
                                .isEqualTo("True")));
    }

    private Optional<Condition> certificate(String name) {
        return new TestSite(client, namespace, name).condition(Stage.CERTIFIED);
    }

    /** Has the DNS server of Pebble answer otherwise. */
    private void manage(String path, String host) throws IOException, InterruptedException {
        URI url = URI.create("http://%s:8055%s".formatted(address("dns"), path));
        HttpRequest request = HttpRequest.newBuilder(url)
                .POST(BodyPublishers.ofString("{\"host\": \"%s\"}".formatted(host)))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
    }

    private void start(String yaml) {
        Service service = YAML.unmarshal(yaml, Service.class);
        client.resource(service).inNamespace(namespace).serverSideApply();
        await().atMost(ROLLOUT).untilAsserted(() -> {
            Service live = client.resource(service).inNamespace(namespace).require();
            assertThat(live.getStatus()).isNotNull();
            assertThat(Conditions.current(live, live.getStatus().conditions(), Conditions.READY))
                    .hasValueSatisfying(ready ->
                            assertThat(ready.status()).as(ready.message()).isEqualTo("True"));
        });
    }

    private String address(String name) {
        return client.services()
                .inNamespace(namespace)
                .withName(name)
                .require()
                .getSpec()
                .getClusterIP();
    }

    /** Starts the operator anew with other settings for ACME. */
    private void setOperator(List<EnvVar> settings) {
        new OperatorPods(client).configure(Set.of(DIRECTORY, ROOTS, RENEWAL_CHECK), settings);
    }
}
