package dev.ashlar.operator.rollout;

import dev.ashlar.operator.terminal.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/** Asks one URL until it answers well, and remembers what was wrong last. */
final class PageFetcher implements AutoCloseable {
    private static final int REDIRECTS = 5;
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final URI url;
    private final HttpClient client;
    private String trouble = "";

    PageFetcher(URI url) {
        this.url = url;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
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
            URI next = url;
            for (int i = 0; i < REDIRECTS && LoopbackExchange.isFor(next); i++) {
                var answer = LoopbackExchange.get(next);
                if (answer.location().isEmpty()) {
                    return judged(answer.status(), answer.body());
                }
                next = next.resolve(answer.location().get());
            }
            HttpRequest request =
                    HttpRequest.newBuilder(next).timeout(Duration.ofSeconds(5)).build();
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            return judged(response.statusCode(), response.body());
        } catch (IOException unreachable) {
            trouble = "does not answer (%s)".formatted(unreachable.getMessage());
            return new byte[0];
        }
    }

    private byte[] judged(int status, byte[] body) {
        if (status == 200 && body.length > 0) {
            return body;
        }
        trouble = status == 200 ? "answers with nothing" : "answers " + status;
        return new byte[0];
    }

    @Override
    public void close() {
        client.close();
    }
}
