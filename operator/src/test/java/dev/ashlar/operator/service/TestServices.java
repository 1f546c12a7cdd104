package dev.ashlar.operator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Service;
import dev.ashlar.operator.cluster.TestImages;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.validation.Kubectl;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Services of one namespace, written and looked at as a user does. */
record TestServices(KubernetesClient client, String namespace) {
    static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Pushes an image of the tree; returns how a spec names it. */
    String push(String name) throws IOException {
        return TestImages.push(client, name);
    }

    /** Applies a Service: its name and its spec in YAML. */
    void apply(String name, String spec) {
        applyLabelled(name, "{}", spec);
    }

    void applyLabelled(String name, String labels, String spec) {
        kubectl("""
                apiVersion: ashlar.dev/v1alpha1
                kind: Service
                metadata: {name: %s, labels: %s}
                spec:
                %s
                """.formatted(name, labels, spec.indent(2)), "apply", "-f", "-");
    }

    /** What kubectl prints. */
    String kubectl(String input, String... arguments) {
        try {
            return Kubectl.find().run(input, Kubectl.in(namespace, arguments));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void awaitReady(String name, String status, String message) {
        awaitReady(PATIENCE, name, status, message);
    }

    void awaitReady(Duration atMost, String name, String status, String message) {
        await().atMost(atMost)
                .untilAsserted(() -> assertThat(ready(name)).hasValueSatisfying(ready -> {
                    assertThat(ready.message()).contains(message);
                    assertThat(ready.status()).isEqualTo(status);
                }));
    }

    /** Ready of what was applied last. */
    Optional<Condition> ready(String name) {
        Service service = get(name);
        return Optional.ofNullable(service.getStatus())
                .filter(status -> service.getMetadata().getGeneration().equals(status.observedGeneration()))
                .flatMap(status -> Conditions.find(status.conditions(), Conditions.READY));
    }

    Service get(String name) {
        return client.resources(Service.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    /** The names of the pods that serve for a Service, oldest first; those of steps are left out. */
    List<String> pods(String service) {
        return client
                .pods()
                .inNamespace(namespace)
                .withLabel("ashlar.dev/owner", service)
                .withoutLabel("ashlar.dev/step")
                .list()
                .getItems()
                .stream()
                .filter(pod -> !pod.isMarkedForDeletion())
                .map(pod -> pod.getMetadata().getName())
                .sorted()
                .toList();
    }
}
