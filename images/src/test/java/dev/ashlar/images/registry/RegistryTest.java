package dev.ashlar.images.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.oci.Descriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a registry that refuses, lies or is not there is answered with; the real one never does most of this. */
class RegistryTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    /** As distribution answers on a full file system. */
    private static final String FULL =
            "{\"errors\":[{\"code\":\"UNKNOWN\",\"message\":\"unknown error\",\"detail\":\"write /x: no space left on device\"}]}";

    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;
    private int status = 200;
    private String body = "";
    private int goodFrom = 1;

    RegistryTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/", exchange -> {
            boolean good = requests.incrementAndGet() >= goodFrom;
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(good ? status : 503, head ? -1 : bytes.length);
            if (!head) {
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aFullDiskIsNamedWithTheRemedy() {
        status = 500;
        body = FULL;
        refused(
                () -> registry().putManifest(DIGEST, Descriptor.MANIFEST, new byte[2]),
                "disk is full",
                "ashlar image gc --delete");
    }

    @Test
    void aRefusedLoginSaysHowToLogIn() {
        status = 401;
        refused(() -> registry().manifest(DIGEST), "it wants a login", "docker login localhost");
    }

    @Test
    void whatIsNotThereIsNamed() {
        status = 404;
        assertThat(registry().head(DIGEST)).isEmpty();
        refused(() -> registry().manifest(DIGEST), DIGEST, "it is not there");
    }

    @Test
    void aManifestOfOtherBytesIsRefused() {
        body = "{}";
        refused(() -> registry().manifest(DIGEST), "its bytes have the digest sha256:44136f");
    }

    @Test
    void aBlobOfAnotherSizeOrDigestFailsBeforeItsEnd() {
        body = "abc";
        assertThatThrownBy(() -> registry()
                        .blob(Descriptor.of(Descriptor.LAYER, "a".repeat(64), 2))
                        .readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than the 2 bytes");
        assertThatThrownBy(() -> registry()
                        .blob(Descriptor.of(Descriptor.LAYER, "a".repeat(64), 3))
                        .readAllBytes())
                .hasMessageContaining("has the digest sha256:ba7816bf");
    }

    @Test
    void anOverloadedRegistryIsAskedAgain() {
        goodFrom = 3;
        body = "{}";
        assertThat(registry().manifest("latest")).hasSize(2);
        assertThat(requests).hasValue(3);
    }

    @Test
    void aRegistryThatIsDownIsNamed() {
        Registry registry = registry();
        server.stop(0);
        refused(() -> registry.manifest(DIGEST), "localhost", "see whether the registry runs");
    }

    @Test
    void passwordsLeaveTheMachineEncryptedOnly() {
        assertThatThrownBy(() -> new RegistryTarget(
                        URI.create("http://registry.example.org"), SSLContext.getDefault(), Optional.empty(), "a"))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("unencrypted");
    }

    private static void refused(Runnable request, String... parts) {
        assertThatThrownBy(request::run)
                .isInstanceOf(BuildException.class)
                .message()
                .contains(parts);
    }

    private Registry registry() {
        try {
            URI base = URI.create("http://localhost:" + server.getAddress().getPort());
            return new Registry(new RegistryTarget(base, SSLContext.getDefault(), Optional.empty(), "shop"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
