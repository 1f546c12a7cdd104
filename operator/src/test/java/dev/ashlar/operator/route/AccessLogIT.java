package dev.ashlar.operator.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.outage.TestSite;
import dev.ashlar.operator.site.Sites;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the gateway writes down of requests, and of whose. */
@ExtendWith(ClusterExtension.class)
class AccessLogIT {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ANSWERS = "routes: [{path: /, respond: 204}]";
    private static final String FAILS = "routes: [{path: /, service: {name: down}}], services: [{name: down, image: '"
            + Sites.NOWHERE + "', replicas: 0, ports: [{name: http, port: 8000}]}]";
    private static final Map<String, String> HEADERS = Map.of(
            "User-Agent", "a \"b\" \\n",
            "Referer", "http://example.org/",
            "Cookie", "id=hidden",
            "Authorization", "Basic hidden");

    private final KubernetesClient client;
    private final String namespace;
    private final InetSocketAddress gateway;

    AccessLogIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
        this.gateway = TestGateway.of(client).plain();
    }

    @Test
    void hasTheRequestsOfThoseSitesAloneThatAskForIt() throws IOException {
        apply("whole", "accessLog: {}, " + ANSWERS);
        apply("cut", "accessLog: {anonymize: true}, " + FAILS);
        apply("silent", ANSWERS);
        apply("broken", FAILS);
        for (var site :
                Map.of("whole", 204, "cut", 503, "silent", 204, "broken", 503).entrySet()) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> ask(site.getKey(), "/first") == site.getValue());
        }
        ask("whole", "/last?q=1");
        ask("cut", "/last");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(log()).contains("\"uri\":\"/last\""));
        assertThat(log()).doesNotContain("silent", "broken", "hidden");
        JsonNode whole = lineOf("whole", "/last?q=1");
        JsonNode cut = lineOf("cut", "/last");
        assertThat(whole.at("/status").asInt()).isEqualTo(204);
        assertThat(whole.at("/user_agent").asText()).isEqualTo("a \"b\" \\n");
        assertThat(whole.at("/referer").asText()).isEqualTo("http://example.org/");
        assertThat(cut.at("/status").asInt()).isEqualTo(503);
        assertThat(cut.at("/request/client_ip").asText())
                .isEqualTo(whole.at("/request/client_ip").asText().replaceFirst("[0-9]+$", "0"));
        assertThat(List.of(whole, cut))
                .allSatisfy(
                        line -> assertThat(line.path("request").propertyStream().map(Map.Entry::getKey))
                                .containsExactlyInAnyOrder("client_ip", "proto", "method", "host", "uri"));
    }

    @Test
    void beginsAndEndsWithoutARevision() throws IOException {
        TestSite site = new TestSite(client, namespace, "turning");
        apply("turning", ANSWERS);
        site.awaitReady(PATIENCE);
        apply("turning", "accessLog: {}, " + ANSWERS);
        await().atMost(PATIENCE).untilAsserted(() -> {
            ask("turning", "/on");
            assertThat(log()).contains("\"uri\":\"/on\"");
        });
        site.awaitReady(PATIENCE);
        var history = client.resources(Site.class)
                .inNamespace(namespace)
                .withName("turning")
                .require()
                .getStatus()
                .history();
        assertThat(history).hasSize(1);
    }

    private int ask(String site, String path) throws IOException {
        return new RawRequest(null, host(site), path, HEADERS, null, 0)
                .ask(gateway)
                .status();
    }

    private String host(String site) {
        return "%s.%s.localhost".formatted(site, namespace);
    }

    private void apply(String name, String spec) {
        Site site = YAML.unmarshal("""
                apiVersion: ashlar.dev/v1alpha1
                kind: Site
                metadata: {name: %1$s}
                spec: {domains: [{name: %1$s.example.org}], %2$s}
                """.formatted(name, spec), Site.class);
        client.resource(site).inNamespace(namespace).forceConflicts().serverSideApply();
    }

    /** Of the Sites of this test. */
    private String log() {
        String log = client.apps()
                .deployments()
                .inNamespace("ashlar-system")
                .withName("gateway")
                .getLog();
        return String.join(
                "\n", log.lines().filter(line -> line.contains(namespace)).toList());
    }

    private JsonNode lineOf(String site, String uri) {
        return log().lines()
                .map(AccessLogIT::read)
                .filter(line -> line.path("site").asText().equals(namespace + "/" + site))
                .filter(line -> line.at("/request/uri").asText().equals(uri))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }
}
