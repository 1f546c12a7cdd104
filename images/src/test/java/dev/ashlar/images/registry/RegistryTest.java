package dev.ashlar.images.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Progress;
import dev.ashlar.images.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
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
    static final String FULL =
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
    void aRegistryThatDoesNotAnswerInTimeIsNamed() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Transport transport = new Transport(target(silent.getLocalPort()), new Progress(line -> {}))) {
            Request impatient = new Request(
                    "GET",
                    URI.create("http://localhost:%d/v2/".formatted(silent.getLocalPort())),
                    "read it",
                    Map.of(),
                    BodyPublishers::noBody,
                    Duration.ofMillis(100),
                    false);
            refused(
                    () -> transport.send(impatient),
                    "cannot read it",
                    "no answer in time",
                    "overloaded, then try again");
        }
    }

    @Test
    void anAnswerThatStopsInItsMiddleIsGivenUp() {
        InputStream stopped = new InputStream() {
            @Override
            public synchronized int read() throws IOException {
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("closed");
            }

            @Override
            public synchronized void close() {
                notifyAll();
            }
        };
        assertThatThrownBy(() -> new Watched(stopped, Duration.ofMillis(100)).read())
                .hasMessageContaining("it sent nothing for");
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
        return new Registry(target(server.getAddress().getPort()));
    }

    private static RegistryTarget target(int port) {
        try {
            return new RegistryTarget(
                    URI.create("http://localhost:" + port), SSLContext.getDefault(), Optional.empty(), "shop");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
