package dev.ashlar.operator.outage;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/** The operator's pods: what they serve, which of them leads, and their end. */
public record OperatorPods(KubernetesClient client) {
    static final String NAMESPACE = "ashlar-system";
    private static final Duration PATIENCE = Duration.ofSeconds(200);
    private static final int LAST_LINES = 20;
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_:][a-z0-9_:]*(?:\\{.*})?) ([-+.0-9eE]+)$");

    List<Pod> all() {
        return client
                .pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/name", "operator")
                .list()
                .getItems()
                .stream()
                .filter(pod -> !pod.isMarkedForDeletion())
                .toList();
    }

    /** The pod that holds the lease, if it is there. */
    Optional<Pod> leader() {
        var lease = client.leases().inNamespace(NAMESPACE).withName("operator").get();
        return all().stream()
                .filter(pod -> lease != null
                        && pod.getMetadata().getName().equals(lease.getSpec().getHolderIdentity()))
                .findFirst();
    }

    /** Waits until so many are ready and one of them leads; else says how each of them is. */
    public Pod awaitLeader(int replicas) {
        try {
            return await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(
                            () -> all().stream().filter(Readiness::isPodReady).count() == replicas
                                    ? leader()
                                    : Optional.<Pod>empty(),
                            Optional::isPresent)
                    .orElseThrow();
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    all().stream().map(this::told).collect(Collectors.joining("\n", "The operator's pods:\n", "")), e);
        }
    }

    /** Its containers' states, and what it logged last. */
    private String told(Pod pod) {
        String log;
        try {
            log = client.pods().resource(pod).tailingLines(LAST_LINES).getLog();
        } catch (KubernetesClientException e) {
            log = e.getMessage();
        }
        return pod.getMetadata().getName() + " " + pod.getStatus().getPhase() + " "
                + pod.getStatus().getContainerStatuses() + "\n" + log;
    }

    /** Ends the one that leads in good order, and waits until another does. */
    public Pod restart() {
        client.pods().resource(awaitLeader(1)).delete();
        return awaitLeader(1);
    }

    /** Starts the operator anew with these settings in place of those that have the names, and waits until it leads. */
    public void configure(Set<String> names, List<EnvVar> settings) {
        var operator = client.apps().deployments().inNamespace(NAMESPACE).withName("operator");
        operator.edit(deployment -> deployment
                .edit()
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .removeMatchingFromEnv(entry -> names.contains(entry.getName()))
                .addAllToEnv(settings)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
        TestRollout.awaitEnd(operator, PATIENCE);
        awaitLeader(1);
    }

    void scale(int replicas) {
        client.apps().deployments().inNamespace(NAMESPACE).withName("operator").scale(replicas);
    }

    /** Ends its process without a warning, and takes the pod away, so that the next one starts without the kubelet's back-off. */
    void kill(Pod pod) {
        process(pod).ifPresent(ProcessHandle::destroyForcibly);
        client.pods().resource(pod).withGracePeriod(0).delete();
    }

    /** The status of the answer. */
    int status(Pod pod, String path) {
        return get(pod, path).statusCode();
    }

    /** Each time series with its value. */
    public Map<String, Double> metrics(Pod pod) {
        Map<String, Double> samples = new TreeMap<>();
        SAMPLE.matcher(get(pod, "/q/metrics").body())
                .results()
                .forEach(sample -> samples.put(sample.group(1), Double.valueOf(sample.group(2))));
        return samples;
    }

    private static HttpResponse<String> get(Pod pod, String path) {
        try (var http = HttpClient.newHttpClient()) {
            var uri = URI.create("http://%s:8080%s".formatted(pod.getStatus().getPodIP(), path));
            return http.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<ProcessHandle> process(Pod pod) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .filter(process -> cgroup(process).contains(pod.getMetadata().getUid()))
                .findFirst();
    }

    private static String cgroup(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cgroup"));
        } catch (IOException gone) {
            return "";
        }
    }
}
