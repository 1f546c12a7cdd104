package dev.ashlar.images.gc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.images.host.BuildException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * The two requests of our registry program that no specification has: what is stored, and the sweep. It listens to them on its
 * own loopback, which a forward reaches.
 *
 * @param base as {@code http://localhost:40123}
 */
public record Upkeep(URI base) {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int EXCERPT = 1000;
    private static final JsonMapper JSON = new JsonMapper();

    /** What a sweep did. */
    public record Swept(List<String> deleted, List<String> spared, long freed) {}

    private record Name(String repository, String digest) {}

    private record Order(List<Name> delete, long idle) {}

    /** Every manifest of every repository. */
    public List<Stored> inventory() {
        JsonNode all = send(HttpRequest.newBuilder(base.resolve("/inventory")), "list what the registry stores");
        return all.valueStream().map(Stored::of).toList();
    }

    /**
     * Deletes these, and then what no manifest names any more; the registry takes no writes meanwhile.
     *
     * @param spare what was written or asked for within this time is spared, were it only since the selection
     */
    public Swept sweep(List<Stored> unneeded, Duration spare) {
        Order order = new Order(
                unneeded.stream()
                        .map(stored -> new Name(stored.repository(), stored.digest()))
                        .toList(),
                spare.toSeconds());
        JsonNode swept = send(
                HttpRequest.newBuilder(base.resolve("/sweep"))
                        .POST(BodyPublishers.ofByteArray(
                                JSON.valueToTree(order).toString().getBytes(StandardCharsets.UTF_8))),
                "sweep the registry");
        return new Swept(
                names(swept.path("deleted")),
                names(swept.path("spared")),
                swept.path("freed").asLong());
    }

    private static List<String> names(JsonNode list) {
        return list.valueStream()
                .map(name -> name.path("repository").asText() + "@"
                        + name.path("digest").asText())
                .toList();
    }

    private JsonNode send(HttpRequest.Builder request, String purpose) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer =
                    client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new BuildException(
                            "cannot %s: HTTP %d (%s); `kubectl -n ashlar-system logs deploy/registry` says more"
                                    .formatted(
                                            purpose,
                                            answer.statusCode(),
                                            new String(body.readNBytes(EXCERPT), StandardCharsets.UTF_8).strip()));
                }
                return JSON.readTree(body);
            }
        } catch (IOException e) {
            throw new BuildException(
                    "cannot %s: its port for this does not answer (%s); `make deploy` installs the registry that has it"
                            .formatted(purpose, e.getMessage() == null ? e : e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BuildException("interrupted; run the command again", e);
        }
    }
}
