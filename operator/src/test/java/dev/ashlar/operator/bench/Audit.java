package dev.ashlar.operator.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.operator.connection.Kubeconfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The requests of the operator's ServiceAccount, out of the local cluster's audit log. */
final class Audit {
    private static final Path FOLDER =
            Kubeconfig.ofLocalCluster().resolveSibling("data").resolve("audit");
    private static final String OPERATOR = "system:serviceaccount:ashlar-system:operator";
    private static final Set<String> READS = Set.of("get", "list", "watch");

    private Audit() {}

    /** @param object resource, namespace, name and subresource */
    record Request(String verb, String namespace, String object) {
        boolean isWrite() {
            return !READS.contains(verb);
        }

        boolean isStatus() {
            return object.endsWith("/status");
        }

        String resource() {
            return object.substring(0, object.indexOf('/')) + (isStatus() ? "/status" : "");
        }
    }

    static List<Request> since(Instant start) throws IOException {
        var seen = new HashSet<String>();
        List<Request> requests = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".log"))
                    .sorted()
                    .toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    lines.filter(line -> line.contains(OPERATOR))
                            .map(Audit::parse)
                            .filter(entry -> !Instant.parse(entry.path("requestReceivedTimestamp")
                                            .asText())
                                    .isBefore(start))
                            .filter(entry -> seen.add(entry.path("auditID").asText()))
                            .map(Audit::request)
                            .forEach(requests::add);
                }
            }
        }
        return requests;
    }

    /** Writes in one namespace. */
    static List<Request> writes(Instant start, String namespace) throws IOException {
        return since(start).stream()
                .filter(Request::isWrite)
                .filter(request -> request.namespace().equals(namespace))
                .toList();
    }

    /** How many of the requests go to an object that another one of them went to before. */
    static long repeated(List<Request> requests, Predicate<Request> which) {
        Map<String, Long> counts = requests.stream()
                .filter(which)
                .collect(Collectors.groupingBy(Request::object, HashMap::new, Collectors.counting()));
        return counts.values().stream().mapToLong(count -> count - 1).sum();
    }

    private static Request request(JsonNode entry) {
        JsonNode object = entry.path("objectRef");
        return new Request(
                entry.path("verb").asText(),
                object.path("namespace").asText(),
                String.join(
                        "/",
                        object.path("resource").asText() + "."
                                + object.path("apiGroup").asText(),
                        object.path("namespace").asText(),
                        object.path("name").asText(),
                        object.path("subresource").asText()));
    }

    private static JsonNode parse(String line) {
        try {
            return Api.JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
