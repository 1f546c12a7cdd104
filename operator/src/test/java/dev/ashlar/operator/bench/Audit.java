package dev.ashlar.operator.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.operator.cluster.AuditLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The requests of the operator's ServiceAccount, out of the local cluster's audit log. */
final class Audit {
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

    static List<Request> since(Instant start) {
        List<Request> requests = new ArrayList<>();
        AuditLog.forEach(AuditLog.OPERATOR, entry -> {
            Instant received =
                    Instant.parse(entry.path("requestReceivedTimestamp").asText());
            if (!received.isBefore(start)) {
                requests.add(request(entry));
            }
        });
        return requests;
    }

    /** Writes in one namespace. */
    static List<Request> writes(Instant start, String namespace) {
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
}
