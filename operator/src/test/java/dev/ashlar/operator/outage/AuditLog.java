package dev.ashlar.operator.outage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.operator.connection.Kubeconfig;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What the local cluster's API server noted down of the requests of one pod. */
record AuditLog(String pod) {
    private static final Path FOLDER =
            Kubeconfig.ofLocalCluster().resolveSibling("data").resolve("audit");
    private static final ObjectMapper JSON = new ObjectMapper();

    static AuditLog of(Pod pod) {
        return new AuditLog(pod.getMetadata().getName());
    }

    /** Verb and resource of each request that came in within this time. */
    List<String> requests(Instant start, Duration length) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .flatMap(AuditLog::lines)
                    .filter(line -> line.contains("\"" + pod + "\""))
                    .map(AuditLog::parse)
                    .filter(entry -> isWithin(entry, start, length))
                    .map(entry -> new Request(
                            entry.path("auditID").asText(),
                            entry.path("verb").asText() + " "
                                    + entry.at("/objectRef/resource").asText()))
                    .distinct()
                    .map(Request::what)
                    .sorted()
                    .toList();
        }
    }

    /** One that takes long is noted down twice. */
    private record Request(String id, String what) {}

    private static boolean isWithin(JsonNode entry, Instant start, Duration length) {
        Instant received = Instant.parse(entry.path("requestReceivedTimestamp").asText());
        return !received.isBefore(start) && received.isBefore(start.plus(length));
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
