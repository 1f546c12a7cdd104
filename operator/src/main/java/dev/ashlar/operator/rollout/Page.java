package dev.ashlar.operator.rollout;

import dev.ashlar.operator.terminal.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page as it was fetched: its URL, its title or the address when it has none, its size in bytes. */
public record Page(URI url, String title, int bytes) {
    private static final Pattern TITLE =
            Pattern.compile("<title[^>]*>(.*?)</title>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Fetches the page as a browser on this machine would; tries again while the gateway has not seen the new pods. */
    public static Page fetch(URI url, Duration patience) {
        Instant deadline = Instant.now().plus(patience);
        try (HttpClient client = client(url)) {
            while (true) {
                String trouble;
                try {
                    HttpResponse<byte[]> response = client.send(
                            HttpRequest.newBuilder(url)
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            BodyHandlers.ofByteArray());
                    if (response.statusCode() == 200) {
                        return of(url, response.body());
                    }
                    trouble = "it answers " + response.statusCode();
                } catch (IOException unreachable) {
                    trouble = "it does not answer (%s)".formatted(unreachable.getMessage());
                }
                if (Instant.now().isAfter(deadline)) {
                    throw new Failure("%s: %s; `ashlar status` and `kubectl -n ashlar-system get pods` show what runs"
                            .formatted(url, trouble));
                }
                Thread.sleep(200);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", stop);
        }
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
        if (url.getScheme().equals("http")
                && url.getHost().toLowerCase(Locale.ROOT).endsWith(".localhost")) {
            int port = url.getPort() < 0 ? 80 : url.getPort();
            builder.proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", port)));
        }
        return builder.build();
    }

    static Page of(URI url, byte[] body) {
        Matcher title = TITLE.matcher(new String(body, StandardCharsets.UTF_8));
        String text = title.find() ? title.group(1).replaceAll("\\s+", " ").strip() : "";
        return new Page(url, text.isEmpty() ? url.getHost() : text, body.length);
    }
}
