package dev.ashlar.operator.cluster;

import dev.ashlar.operator.terminal.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;

/**
 * The registry by the name that nodes pull from. An answer takes the forward, the forwarder, cluster DNS and the registry,
 * each as it is now: after a restart of the node the API still shows its pods as they were before.
 */
final class LoopbackRegistry {
    private static final URI API = URI.create("http://127.0.0.1:5000/v2/");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int OK = 200;

    private LoopbackRegistry() {}

    /** Returns when it answers; a {@link Failure} says what it answered last. */
    static void await() {
        Instant deadline = Instant.now().plus(PATIENCE);
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String answer = ask(http); !answer.isEmpty(); answer = ask(http)) {
                if (Instant.now().isAfter(deadline)) {
                    throw new Failure(
                            "the registry does not answer at %s (%s); `kubectl -n ashlar-system get pods` says why"
                                    .formatted(API, answer));
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", stop);
        }
    }

    /** Empty when all is well. */
    private static String ask(HttpClient http) throws InterruptedException {
        var request = HttpRequest.newBuilder(API).timeout(Duration.ofSeconds(2)).build();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            return status == OK ? "" : "status " + status;
        } catch (IOException silent) {
            return String.valueOf(silent.getMessage());
        }
    }
}
