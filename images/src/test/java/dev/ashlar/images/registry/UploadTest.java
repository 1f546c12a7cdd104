package dev.ashlar.images.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ashlar.images.oci.Descriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry whose disk fills up in the middle of an upload, with the answers that distribution gives then. */
class UploadTest {
    private static final String PLACE = "/v2/shop/blobs/uploads/1?state=";
    private static final String HEX = "a".repeat(64);

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    UploadTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestMethod()) {
            case "POST" -> located(exchange, 202, "begun");
            case "GET" -> located(exchange, 204, "half");
            case "PUT" -> {
                byte[] body = RegistryTest.FULL.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(500, body.length);
                exchange.getResponseBody().write(body);
            }
            default -> exchange.sendResponseHeaders(204, -1);
        }
        exchange.close();
    }

    private static void located(HttpExchange exchange, int status, String state) throws IOException {
        exchange.getResponseHeaders().add("Location", "http://registry.internal" + PLACE + state);
        exchange.sendResponseHeaders(status, -1);
    }

    @Test
    void takesBackWhatAFullDiskCutOff() throws Exception {
        URI base = URI.create("http://localhost:" + server.getAddress().getPort());
        Descriptor blob = Descriptor.of(Descriptor.LAYER, HEX, 3);
        try (var registry = new Registry(new RegistryTarget(base, SSLContext.getDefault(), Optional.empty(), "shop"))) {
            assertThatThrownBy(() -> registry.upload(blob, () -> BodyPublishers.ofString("abc")))
                    .hasMessageContaining("the registry's disk is full");
        }
        assertThat(requests)
                .containsExactly(
                        "POST /v2/shop/blobs/uploads/",
                        "PUT " + PLACE + "begun&digest=sha256:" + HEX,
                        "GET " + PLACE + "begun",
                        "DELETE " + PLACE + "half");
    }
}
