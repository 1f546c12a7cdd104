package dev.ashlar.operator.outage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.operator.cluster.AuditLog;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What one pod asked the API server of the local cluster for. */
record PodRequests(String pod) {
    static PodRequests of(Pod pod) {
        return new PodRequests(pod.getMetadata().getName());
    }

    /** Verb and resource of each request that came in within this time, sorted. */
    List<String> within(Instant start, Duration length) {
        List<String> requests = new ArrayList<>();
        AuditLog.forEach(pod, entry -> {
            if (isWithin(entry, start, length)) {
                requests.add(entry.path("verb").asText() + " "
                        + entry.at("/objectRef/resource").asText());
            }
        });
        return requests.stream().sorted().toList();
    }

    private static boolean isWithin(JsonNode entry, Instant start, Duration length) {
        Instant received = Instant.parse(entry.path("requestReceivedTimestamp").asText());
        return !received.isBefore(start) && received.isBefore(start.plus(length));
    }
}
