package dev.ashlar.operator.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Watches what the operator says of the Sites and Services of one namespace. */
public final class Judged implements AutoCloseable, ResourceEventHandler<GenericKubernetesResource> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, CompletableFuture<String>> verdicts = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<SharedIndexInformer<GenericKubernetesResource>> watches;

    public Judged(KubernetesClient client, String namespace) {
        watches = Stream.of("Site", "Service")
                .map(kind -> client.genericKubernetesResources("ashlar.dev/v1alpha1", kind)
                        .inNamespace(namespace)
                        .inform(this))
                .toList();
    }

    /** To be called before the object is there. */
    public void expect(String kind, String name) {
        verdicts.put(kind + " " + name, new CompletableFuture<>());
    }

    /** The reason of the condition Ready that speaks of the present generation; the exception of a future when there is none in that time. */
    public String reason(String kind, String name, Duration patience) throws Exception {
        String key = kind + " " + name;
        try {
            return verdicts.getOrDefault(key, new CompletableFuture<>()).get(patience.toSeconds(), TimeUnit.SECONDS);
        } finally {
            verdicts.remove(key);
        }
    }

    /** The objects of which the operator said that it failed itself. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    private void see(GenericKubernetesResource object) {
        JsonNode tree = JSON.valueToTree(object.getAdditionalProperties());
        String key = object.getKind() + " " + object.getMetadata().getName();
        tree.at("/status/conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asText().equals("Ready")
                        && condition.path("observedGeneration").asLong()
                                == object.getMetadata().getGeneration())
                .map(condition -> condition.path("reason").asText())
                .forEach(reason -> {
                    if (reason.equals("OperatorError")) {
                        failures.add(key);
                    }
                    verdicts.getOrDefault(key, new CompletableFuture<>()).complete(reason);
                });
    }

    @Override
    public void onAdd(GenericKubernetesResource object) {
        see(object);
    }

    @Override
    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
        see(object);
    }

    @Override
    public void onDelete(GenericKubernetesResource object, boolean unknown) {}

    @Override
    public void close() {
        watches.forEach(SharedIndexInformer::stop);
    }
}
