package dev.ashlar.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final byte[] NEW = "<title>\n New </title>".getBytes(StandardCharsets.UTF_8);

    @Test
    void fetchesANameThatNoResolverKnowsUntilItIsTheWantedPage() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var asked = new AtomicInteger();
        server.createContext("/", exchange -> {
            String host = exchange.getRequestHeaders().getFirst("Host");
            byte[] body =
                    asked.incrementAndGet() == 3 && host.startsWith("shop.default.localhost:") ? NEW : new byte[] {'o'};
            exchange.sendResponseHeaders(asked.get() == 1 ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            URI url = URI.create(
                    "http://shop.default.localhost:" + server.getAddress().getPort() + "/");
            Page page = Page.fetch(url, Duration.ofSeconds(20), body -> body.length > 1);
            assertThat(page).isEqualTo(new Page(url, "New", NEW.length));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void redirectsAreFollowedOnThisMachine() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean moved = exchange.getRequestURI().toString().equals("/new?q=1");
            exchange.getResponseHeaders().set(moved ? "X-Where" : "Location", "/new?q=1");
            exchange.sendResponseHeaders(moved ? 200 : 308, moved ? NEW.length : -1);
            if (moved) {
                exchange.getResponseBody().write(NEW);
            }
            exchange.close();
        });
        server.start();
        try {
            URI url = URI.create(
                    "http://shop.default.localhost:" + server.getAddress().getPort());
            assertThat(Page.fetch(url, Duration.ofSeconds(20)).bytes()).isEqualTo(NEW.length);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aTitleIsReadAsABrowserShowsIt() {
        byte[] body = "<TITLE id=t>A&amp;B&#39;s &#8212;\n&#x2713; &other;</TITLE>".getBytes(StandardCharsets.UTF_8);
        assertThat(Page.of(URI.create("http://a.b/"), body).title()).isEqualTo("A&B's — ✓ &other;");
    }

    @Test
    void aPageWithoutATitleIsCalledByItsHost() {
        assertThat(Page.of(URI.create("http://a.b/"), "x".getBytes(StandardCharsets.UTF_8))
                        .title())
                .isEqualTo("a.b");
    }
}
