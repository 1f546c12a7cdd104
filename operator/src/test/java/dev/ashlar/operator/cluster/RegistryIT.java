package dev.ashlar.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.operator.connection.PodForward;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what with the registry: nothing without its login, and reading alone through the node's loopback. */
@ExtendWith(ClusterExtension.class)
class RegistryIT {
    private static final HttpClient PLAIN = HttpClient.newHttpClient();

    @Test
    void refusesWhoHasNoLogin(KubernetesClient client) throws Exception {
        try (var forward = PodForward.open(client, pod(client), 5000);
                var https = HttpClient.newBuilder().sslContext(trust(client)).build()) {
            var uri = URI.create("https://localhost:" + forward.localPort() + "/v2/");
            var answer = https.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(401);
        }
    }

    /** TLS notices every byte that is lost or out of order; the uploads are given up in the end and leave nothing. */
    @Test
    void getsEveryByteOfUploadsSideBySide(KubernetesClient client) throws Exception {
        try (var forward = PodForward.open(client, pod(client), 5000);
                var https = HttpClient.newBuilder().sslContext(trust(client)).build()) {
            var base = URI.create("https://localhost:" + forward.localPort());
            var uploads = IntStream.range(0, 4)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> upload(https, base, login(client))))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(uploads).join();
        }
    }

    private static void upload(HttpClient https, URI registry, String login) {
        try {
            var start = HttpRequest.newBuilder(registry.resolve("/v2/upload-test/blobs/uploads/"))
                    .header("Authorization", login)
                    .POST(BodyPublishers.noBody())
                    .build();
            String location = https.send(start, BodyHandlers.ofString())
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            var upload = HttpRequest.newBuilder(registry.resolve(location)).header("Authorization", login);
            var bytes = new byte[16 << 20];
            new Random(1).nextBytes(bytes);
            var sent = https.send(
                    upload.copy()
                            .method("PATCH", BodyPublishers.ofByteArray(bytes))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
            assertThat(sent.headers().firstValue("Range")).contains("0-" + (bytes.length - 1));
            https.send(upload.DELETE().build(), BodyHandlers.discarding());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String login(KubernetesClient client) {
        var secret = client.secrets()
                .inNamespace(RegistrySecrets.NAMESPACE)
                .withName("registry-credentials")
                .get()
                .getData();
        var decoder = Base64.getDecoder();
        String pair = new String(decoder.decode(secret.get("username")), StandardCharsets.UTF_8) + ":"
                + new String(decoder.decode(secret.get("password")), StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static Pod pod(KubernetesClient client) {
        return client.pods()
                .inNamespace(RegistrySecrets.NAMESPACE)
                .withLabel("app.kubernetes.io/name", "registry")
                .list()
                .getItems()
                .getFirst();
    }

    @Test
    void isReadThroughTheLoopback() throws Exception {
        assertThat(status("GET", "/v2/")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST", "PATCH", "DELETE"})
    void isNotWrittenThroughTheLoopback(String method) throws Exception {
        assertThat(status(method, "/v2/health/blobs/uploads/")).isEqualTo(405);
    }

    private static int status(String method, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:5000" + path))
                .method(method, BodyPublishers.noBody())
                .build();
        return PLAIN.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static SSLContext trust(KubernetesClient client) throws GeneralSecurityException, IOException {
        String pem = client.secrets()
                .inNamespace(RegistrySecrets.NAMESPACE)
                .withName("registry-tls")
                .get()
                .getData()
                .get("ca.crt");
        return TestTrust.only(Base64.getDecoder().decode(pem));
    }
}
