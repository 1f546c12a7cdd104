package dev.ashlar.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pods of {@link NodesObjects} in one namespace. */
record NodesPods(KubernetesClient client, String namespace) {
    void apply(String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .serverSideApply();
    }

    List<Pod> ready(String app) {
        return of("app", app);
    }

    /** The ready pods with this label. */
    List<Pod> of(String label, String value) {
        return client.pods().inNamespace(namespace).withLabel(label, value).list().getItems().stream()
                .filter(pod -> Readiness.isPodReady(pod) && pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    static Set<String> uids(List<Pod> pods) {
        return pods.stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
    }

    /** Who answers a pod at an address or a name. */
    String ask(Pod from, String host) {
        return exec(from, "get", "--raw=/www/hostname", "--server=http://%s:%d".formatted(host, NodesObjects.PORT))
                .strip();
    }

    String exec(Pod pod, String... arguments) {
        var output = new ByteArrayOutputStream();
        String[] command =
                Stream.concat(Stream.of("/kubectl"), Stream.of(arguments)).toArray(String[]::new);
        try (ExecWatch watch = client.pods()
                .resource(pod)
                .writingOutput(output)
                .writingError(output)
                .exec(command)) {
            assertThat(watch.exitCode().get(30, TimeUnit.SECONDS))
                    .as(output.toString(StandardCharsets.UTF_8))
                    .isZero();
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(String.join(" ", command), e);
        }
        return output.toString(StandardCharsets.UTF_8);
    }

    static String name(Pod pod) {
        return pod.getMetadata().getName();
    }

    static String node(Pod pod) {
        return pod.getSpec().getNodeName();
    }

    static String ip(Pod pod) {
        return pod.getStatus().getPodIP();
    }
}
