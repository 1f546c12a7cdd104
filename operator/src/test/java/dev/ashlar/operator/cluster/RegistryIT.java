package dev.ashlar.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.util.Base64;
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
        var pod = client.pods()
                .inNamespace(RegistrySecrets.NAMESPACE)
                .withLabel("app.kubernetes.io/name", "registry")
                .list()
                .getItems()
                .getFirst();
        try (var forward = client.pods().resource(pod).portForward(5000);
                var https = HttpClient.newBuilder().sslContext(trust(client)).build()) {
            var uri = URI.create("https://localhost:" + forward.getLocalPort() + "/v2/");
            var answer = https.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(401);
        }
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
