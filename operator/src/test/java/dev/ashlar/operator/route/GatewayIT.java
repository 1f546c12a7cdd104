package dev.ashlar.operator.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ashlar.crds.Site;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.cluster.TestTrust;
import dev.ashlar.operator.outage.OperatorPods;
import dev.ashlar.operator.outage.TestSite;
import dev.ashlar.operator.service.Load;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gateway in front of real Sites: each behaviour by a request over the wire, and that changes cost nobody a request. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayIT {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Duration GOAL = Duration.ofSeconds(1);
    private static final Duration ROLLOUT = Duration.ofSeconds(120);
    private static final int WEBSOCKETS = 100;
    private static final int CHANGES = 50;
    private static final int REQUESTS_PER_SECOND = 50;
    private static final Map<String, String> UPGRADE = Map.of(
            "Connection", "Upgrade",
            "Upgrade", "websocket",
            "Sec-WebSocket-Version", "13",
            "Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==");

    private final KubernetesClient client;
    private final String namespace;
    private final TestGateway gateway;

    GatewayIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
        this.gateway = TestGateway.of(client);
    }

    @BeforeAll
    void bringTheSitesUp() throws IOException {
        ConformanceCase.sites(client)
                .forEach(site -> client.resource(site).inNamespace(namespace).serverSideApply());
        awaitReady("shop");
        awaitReady("moved");
    }

    static Stream<Path> cases() throws IOException {
        return ConformanceCase.files();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void behavesAsTheCaseSays(Path file) throws IOException {
        ConformanceCase.read(file, namespace).check(gateway.plain());
    }

    @Test
    void aPageIsSentAgainOnlyWhenItDiffers() throws IOException {
        for (String packed : List.of("gzip", "zstd", "identity")) {
            String tag = page(packed, "\"other\"").headers().getOrDefault("ETag", "");
            assertThat(tag).as(packed).startsWith("\"");
            assertThat(page(packed, tag).status()).as(packed).isEqualTo(304);
        }
    }

    private RawRequest.Answer page(String packed, String tag) throws IOException {
        Map<String, String> headers = Map.of("Accept-Encoding", packed, "If-None-Match", tag);
        return new RawRequest(null, "shop.localhost", "/", headers, null, 0).ask(gateway.plain());
    }

    @Test
    void aChangeTakesEffectAtOnce() throws IOException {
        List<Duration> times = new ArrayList<>();
        for (int status = 410; status < 420; status++) {
            Instant start = Instant.now();
            apply(answering("quick", status));
            awaitStatus("quick.localhost", status, GOAL.multipliedBy(10));
            times.add(Duration.between(start, Instant.now()));
        }
        System.out.printf(
                "from a change to the first right answer: %s%n",
                times.stream().sorted().toList());
    }

    @Test
    void aDomainThatAnotherSiteHasIsAConflictUntilThatLetsGo() {
        apply(answering("first", 411));
        awaitReady("first");
        apply(answering("second", 412).replace("second.localhost", "first.localhost"));
        await().atMost(ROLLOUT)
                .untilAsserted(() -> assertThat(site("second").ready()).hasValueSatisfying(ready -> {
                    assertThat(ready.reason()).isEqualTo("Conflict");
                    assertThat(ready.message())
                            .startsWith("Domain first.localhost is held by Site first in namespace " + namespace);
                }));
        awaitStatus("first.localhost", 411, GOAL);
        client.resources(Site.class).inNamespace(namespace).withName("first").delete();
        awaitStatus("first.localhost", 412, GOAL.multipliedBy(10));
        awaitReady("second");
    }

    @Test
    void changesEndNoStreamAndLoseNoRequest() throws IOException {
        List<Socket> open = new ArrayList<>();
        try (Load load = Load.of("shop.localhost", gateway.plain(), REQUESTS_PER_SECOND)) {
            for (int i = 0; i < WEBSOCKETS; i++) {
                open.add(webSocket());
            }
            Socket stream = new RawRequest(null, "shop.localhost", "/echo/stream", null, null, 0).send(gateway.plain());
            open.add(stream);
            for (int i = 0; i < CHANGES; i++) {
                apply(answering("busy", 410 + i));
                awaitStatus("busy.localhost", 410 + i, GOAL.multipliedBy(10));
            }
            for (Socket socket : open.subList(0, WEBSOCKETS)) {
                assertThat(echoed(socket, "ping")).isEqualTo("ping");
            }
            int waiting = stream.getInputStream().available();
            assertThat(stream.getInputStream().readNBytes(waiting + 1)).hasSize(waiting + 1);
            assertThat(load.stop().failures()).isEmpty();
            assertThat(load.stop().answers()).isGreaterThan(CHANGES);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void everyHostIsEncryptedWithACertificateOfTheClustersOwnCa() throws Exception {
        for (String host : List.of("shop.localhost", "a.shop.test", "shop.%s.localhost".formatted(namespace))) {
            assertThat(encrypted(host).status()).as(host).isEqualTo(200);
        }
        assertThat(encrypted("old-shop.localhost").headers().get("Location")).isEqualTo("https://shop.localhost:8443/");
        assertThat(encrypted("shop.localhost").headers().get("Alt-Svc")).isEqualTo("h3=\":8443\"; ma=2592000");
        assertThatThrownBy(() -> encrypted("none.localhost")).isInstanceOf(SSLException.class);
    }

    @Test
    void theClustersOwnCaOutlivesTheGateway() throws Exception {
        byte[] before = gateway.ca();
        gateway.pods().delete();
        awaitStatus("moved.localhost", 308, ROLLOUT);
        await().atMost(ROLLOUT)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(encrypted("shop.localhost").status()).isEqualTo(200));
        assertThat(gateway.ca()).isEqualTo(before);
    }

    private RawRequest.Answer encrypted(String host) throws Exception {
        return new RawRequest(null, host, "/", null, null, 0).ask(gateway.encrypted(), TestTrust.only(gateway.ca()));
    }

    @Test
    void whatOthersWriteIntoItsConfigurationIsPutBack() {
        var secret = client.secrets().inNamespace("ashlar-system").withName("gateway");
        var published = secret.require().getData();
        secret.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\": null}");
        await().atMost(GOAL.multipliedBy(10))
                .untilAsserted(() -> assertThat(secret.require().getData()).isEqualTo(published));
    }

    @Test
    void itServesAgainAfterAStartWhileTheOperatorIsAway() {
        var operator = client.apps().deployments().inNamespace("ashlar-system").withName("operator");
        operator.scale(0);
        try {
            gateway.pods().withGracePeriod(0).delete();
            awaitStatus("moved.localhost", 308, ROLLOUT);
        } finally {
            operator.scale(1);
        }
        awaitReady("moved");
    }

    @Test
    void aSiteInDeletionHoldsNobodyUpAfterAStartOfTheOperator() {
        apply(answering("leaving", 411));
        awaitStatus("leaving.localhost", 411, GOAL.multipliedBy(10));
        var leaving = client.resources(Site.class).inNamespace(namespace).withName("leaving");
        finalizers(leaving, "[\"example.org/wait\"]");
        try {
            leaving.delete();
            awaitStatus("leaving.localhost", 404, GOAL.multipliedBy(10));
            new OperatorPods(client).restart();
            apply(answering("staying", 412));
            awaitStatus("staying.localhost", 412, ROLLOUT);
        } finally {
            finalizers(leaving, "[]");
        }
    }

    private static void finalizers(Resource<Site> site, String names) {
        site.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": %s}}".formatted(names));
    }

    private Socket webSocket() throws IOException {
        Socket socket = new RawRequest(null, "shop.localhost", "/echo", UPGRADE, null, 0).send(gateway.plain());
        var head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        assertThat(head.toString()).startsWith("HTTP/1.1 101 ");
        return socket;
    }

    private static String echoed(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readNBytes(text.length()), StandardCharsets.US_ASCII);
    }

    /** A Site that needs no pod. */
    private static String answering(String name, int status) {
        return """
                apiVersion: ashlar.dev/v1alpha1
                kind: Site
                metadata: {name: %1$s}
                spec:
                  domains: [{name: %1$s.localhost}]
                  routes: [{path: /, respond: %2$d}]
                """.formatted(name, status);
    }

    private void apply(String yaml) {
        Site site = YAML.unmarshal(yaml, Site.class);
        client.resource(site).inNamespace(namespace).forceConflicts().serverSideApply();
    }

    private void awaitStatus(String host, int status, Duration atMost) {
        var request = new RawRequest(null, host, "/", null, null, 0);
        await().atMost(atMost)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> request.ask(gateway.plain()).status() == status);
    }

    private void awaitReady(String name) {
        site(name).awaitReady(ROLLOUT);
    }

    private TestSite site(String name) {
        return new TestSite(client, namespace, name);
    }
}
