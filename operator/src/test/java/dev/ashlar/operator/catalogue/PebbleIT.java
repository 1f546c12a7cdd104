package dev.ashlar.operator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.cluster.TestTrust;
import dev.ashlar.operator.cluster.pki.Authority;
import dev.ashlar.operator.cluster.pki.Credential;
import dev.ashlar.operator.cluster.pki.Identity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class PebbleIT {
    private static final int ACME = 14000;
    private static final int MANAGEMENT = 15000;
    private static final int DNS_MANAGEMENT = 8055;
    private static final String CONFIG = """
            {"pebble": {
              "listenAddress": ":14000", "managementListenAddress": ":15000",
              "certificate": "/etc/pebble/tls.crt", "privateKey": "/etc/pebble/tls.key",
              "httpPort": 8080, "tlsPort": 8443,
              "profiles": {"default": {"description": "for tests", "validityPeriod": 3600}}}}
            """;
    private final Pods pods;
    private final Authority authority = Authority.create("pebble-test", Clock.systemUTC());

    PebbleIT(@TestNamespace String namespace, KubernetesClient client) {
        pods = new Pods(client, namespace);
    }

    @Test
    void offersAnAcmeDirectoryAndTheRootThatItIssuesFrom() throws Exception {
        Credential server = authority.issue(Identity.server("pebble", "localhost"));
        Workload pebble = Workload.of("pebble")
                .file("/etc/pebble/config.json", CONFIG)
                .file("/etc/pebble/tls.crt", server.certificatePem())
                .file("/etc/pebble/tls.key", server.keyPem())
                .port(ACME);
        try (RunningPod pod = pods.start(pebble)) {
            JsonNode directory = JsonMapper.builder().build().readTree(get(pod, ACME, "/dir"));
            assertThat(directory.path("newOrder").asText()).matches("https://localhost:\\d+/order-plz");
            assertThat(directory.at("/meta/profiles/default").asText()).isEqualTo("for tests");
            assertThat(get(pod, MANAGEMENT, "/roots/0")).startsWith("-----BEGIN CERTIFICATE-----");
        }
    }

    @Test
    void bringsTheServerThatAnswersChallengesInTests() throws Exception {
        Workload challenges = Workload.of("pebble")
                .command("/pebble-challtestsrv")
                .args("-http01", ":8080", "-https01", "", "-doh", "", "-tlsalpn01", ":8443", "-dnsserver", ":8053")
                .port(DNS_MANAGEMENT);
        try (RunningPod pod = pods.start(challenges)) {
            String body = "{\"token\": \"stone\", \"content\": \"ashlar\"}";
            String request = "POST /add-http01 HTTP/1.0\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body);
            assertThat(pod.ask(DNS_MANAGEMENT, request)).startsWith("HTTP/1.0 200");
            assertThat(pod.get(8080, "/.well-known/acme-challenge/stone").body())
                    .isEqualTo("ashlar");
        }
    }

    private String get(RunningPod pod, int port, String path) throws Exception {
        byte[] trusted = authority.credential().certificatePem().getBytes(StandardCharsets.UTF_8);
        try (LocalPortForward forward = pod.forward(port);
                HttpClient http = HttpClient.newBuilder()
                        .sslContext(TestTrust.only(trusted))
                        .build()) {
            URI url = URI.create("https://localhost:%d%s".formatted(forward.getLocalPort(), path));
            return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
