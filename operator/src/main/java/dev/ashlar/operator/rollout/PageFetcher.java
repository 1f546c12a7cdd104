package dev.ashlar.operator.rollout;

import dev.ashlar.operator.terminal.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Predicate;

/** Asks one URL until it answers well, and remembers what was wrong last. */
final class PageFetcher implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final URI url;
    private final HttpClient client;
    private String trouble = "";

    PageFetcher(URI url) {
        this.url = url;
        this.client = client(url);
    }

    byte[] fetch(Duration patience, Predicate<byte[]> wanted) {
        Instant deadline = Instant.now().plus(patience);
        try {
            byte[] body = attempt();
            while (body.length == 0 || !wanted.test(body)) {
                if (Instant.now().isAfter(deadline)) {
                    throw new Failure("%s %s; `ashlar status` and `kubectl -n ashlar-system get pods` show what runs"
                            .formatted(url, body.length == 0 ? trouble : "still serves what was there before"));
                }
                Thread.sleep(INTERVAL);
                body = attempt();
            }
            return body;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", stop);
        }
    }

    /** The body of a 200, or nothing. */
    private byte[] attempt() throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(5)).build();
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() == 200 && response.body().length > 0) {
                return response.body();
            }
            trouble = response.statusCode() == 200 ? "answers with nothing" : "answers " + response.statusCode();
        } catch (IOException unreachable) {
            trouble = "does not answer (%s)".formatted(unreachable.getMessage());
        }
        return new byte[0];
    }

    /**
     * Browsers take every name under localhost for this machine (RFC 6761) while most resolvers do not: naming 127.0.0.1 as the
     * proxy keeps the name in the request and asks no resolver.
     */
    private static HttpClient client(URI url) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NORMAL);
        if (url.getHost().toLowerCase(Locale.ROOT).endsWith(".localhost")) {
            int port = url.getPort() < 0 ? 80 : url.getPort();
            builder.proxy(ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        }
        return builder.build();
    }

    @Override
    public void close() {
        client.close();
    }
}
