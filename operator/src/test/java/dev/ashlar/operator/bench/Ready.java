package dev.ashlar.operator.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Watches the Sites of a namespace and knows when each was first seen Ready, in the generation that its spec has. */
final class Ready {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Map<String, Long> since = new ConcurrentHashMap<>();

    private Ready() {}

    /** From now on: what was Ready before does not count. */
    static Ready watch(Api api, String namespace) throws IOException, InterruptedException {
        String sites = "/apis/ashlar.dev/v1alpha1/namespaces/" + namespace + "/sites";
        String now = api.get(sites + "?limit=1").at("/metadata/resourceVersion").asText();
        Ready ready = new Ready();
        Thread.ofVirtual()
                .start(() -> ready.follow(api, sites + "?watch=1&timeoutSeconds=1800&resourceVersion=" + now));
        return ready;
    }

    /** In nanoseconds, as {@link System#nanoTime}. */
    long await(String site) throws InterruptedException {
        awaitAll(known -> known.containsKey(site));
        return Objects.requireNonNull(since.get(site));
    }

    void awaitCount(int count) throws InterruptedException {
        awaitAll(known -> known.size() >= count);
    }

    private synchronized void awaitAll(Predicate<Map<String, Long>> enough) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!enough.test(since)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("only " + since.size() + " Sites became Ready within " + PATIENCE);
            }
            wait(1000);
        }
    }

    private void follow(Api api, String path) {
        try (var lines = api.watch(path)) {
            lines.forEach(this::see);
        } catch (IOException | InterruptedException | UncheckedIOException ended) {
            // With the client.
        }
    }

    private void see(String line) {
        JsonNode site;
        try {
            site = Api.JSON.readTree(line).path("object");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (JsonNode condition : site.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")
                    && condition.path("status").asText().equals("True")
                    && condition.path("observedGeneration").asLong()
                            == site.path("metadata").path("generation").asLong()) {
                seen(site.path("metadata").path("name").asText());
            }
        }
    }

    private synchronized void seen(String name) {
        since.putIfAbsent(name, System.nanoTime());
        notifyAll();
    }
}
