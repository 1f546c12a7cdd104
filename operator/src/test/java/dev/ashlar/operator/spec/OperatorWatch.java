package dev.ashlar.operator.spec;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The pods of the operator from a moment on: how often they were started, and what they logged. */
final class OperatorWatch implements AutoCloseable {
    private final KubernetesClient client;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final List<LogWatch> watches;

    OperatorWatch(KubernetesClient client, Clock clock) {
        this.client = client;
        String now = clock.instant().toString();
        watches = pods().stream()
                .map(pod -> client.pods().resource(pod).sinceTime(now).watchLog(log))
                .toList();
    }

    /** How often the containers of each pod were started again. */
    Map<String, Integer> restarts() {
        Map<String, Integer> restarts = new TreeMap<>();
        pods().forEach(pod -> restarts.put(
                pod.getMetadata().getName(),
                pod.getStatus().getContainerStatuses().stream()
                        .mapToInt(ContainerStatus::getRestartCount)
                        .sum()));
        return restarts;
    }

    /** The lines on an exception, or on anything else that went wrong. */
    List<String> troubles() {
        return log.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.contains(" level=INFO "))
                .filter(line -> line.contains("Exception") || line.contains(" level="))
                .toList();
    }

    private List<Pod> pods() {
        return client.pods()
                .inNamespace("ashlar-system")
                .withLabel("app.kubernetes.io/name", "operator")
                .list()
                .getItems();
    }

    @Override
    public void close() {
        watches.forEach(LogWatch::close);
    }
}
