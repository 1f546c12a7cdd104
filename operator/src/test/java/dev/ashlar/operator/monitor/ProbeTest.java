package dev.ashlar.operator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeTest {
    private static final URI SITE = URI.create(ProbedSite.URL);
    private static final String HERE = InetAddress.getLoopbackAddress().getHostAddress();

    @ParameterizedTest
    @CsvSource({"200,", "308,", "404,", "500,answers with the status 500", "503,answers with the status 503"})
    void anAnswerBelow500IsOne(int status, String failure) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        server.createContext("/", exchange -> {
            boolean isTheSites = exchange.getRequestHeaders().getFirst("Host").equals("shop.team.localhost:8080");
            exchange.sendResponseHeaders(isTheSites ? status : 599, -1);
            exchange.close();
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            assertThat(probe(port).failure(SITE)).isEqualTo(Optional.ofNullable(failure));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anEncryptedSiteIsAskedByItsNameWhoeverItsCertificateIsFrom(@TempDir Path folder) throws Exception {
        Path keys = folder.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=any",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        "secret")
                .start();
        assertThat(made.waitFor()).isZero();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(HERE, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity(keys)));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(names(exchange).contains("shop.team.example.org") ? 500 : 200, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(probe(server.getAddress().getPort()).failure(URI.create("https://shop.team.example.org")))
                    .contains("answers with the status 500");
        } finally {
            server.stop(0);
        }
    }

    /** Of the server that the client asked for. */
    private static String names(HttpExchange exchange) {
        var session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
        return session.getRequestedServerNames().toString();
    }

    private static SSLContext identity(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance(keys.toFile(), "secret".toCharArray());
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, "secret".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void whoAcceptsAndNeverAnswersIsNotWaitedForLonger() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(probe(silent.getLocalPort()).failure(SITE)).contains("does not answer within 1 s");
            assertThat(probe(silent.getLocalPort()).failure(URI.create("https://shop.team.localhost:8443")))
                    .contains("does not answer within 1 s");
        }
    }

    @Test
    void aGatewayThatIsAwayIsAFailure() throws IOException {
        int port;
        try (var closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        assertThat(probe(port).failure(SITE)).contains("cannot be reached through the gateway");
    }

    private static Probe probe(int port) {
        return new Probe(HERE, port, port, Duration.ofSeconds(1));
    }
}
