package dev.ashlar.operator.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.namespace.NamespaceCommand;
import dev.ashlar.operator.validation.Judged;
import dev.ashlar.operator.validation.NoPods;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

@ExtendWith(ClusterExtension.class)
class SpecsIT {
    private static final int SPECS = Integer.getInteger("specs", 100);
    private static final long SEED = Long.getLong("seed", new Random().nextInt());
    /** More of the largest at once than the operator has memory for would be another test. */
    private static final int AT_ONCE = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final RandomGeneratorFactory<RandomGenerator> RANDOM = RandomGeneratorFactory.of("L64X128MixRandom");

    private final KubernetesClient client;
    private final String namespace;
    private final Map<String, JsonNode> schemas;
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    SpecsIT(KubernetesClient client, @TestNamespace String namespace) throws IOException {
        this.client = client;
        this.namespace = namespace;
        this.schemas = Map.of("Site", schema("sites"), "Service", schema("services"));
    }

    private static JsonNode schema(String plural) throws IOException {
        return new YAMLMapper()
                .readTree(
                        Path.of("../crds/%s.ashlar.dev.yaml".formatted(plural)).toFile())
                .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
    }

    @Test
    void everySpecIsRefusedWithASentenceOrEndsInACondition() {
        System.out.printf("%d specs of seed %d%n", SPECS, SEED);
        NoPods.in(client, namespace);
        assertThat(new CommandLine(new NamespaceCommand()).execute(namespace)).isZero();
        try (var operator = new OperatorWatch(client, Clock.systemUTC());
                var judged = new Judged(client, namespace)) {
            Map<String, Integer> restarts = operator.restarts();
            try (ExecutorService senders =
                    Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
                IntStream.range(0, SPECS).forEach(i -> senders.execute(() -> tryToSend(i, judged)));
            }
            System.out.println(summary());
            assertThat(wrong).isEmpty();
            assertThat(judged.failures()).isEmpty();
            assertThat(operator.troubles()).isEmpty();
            assertThat(operator.restarts()).isEqualTo(restarts);
        }
    }

    private String summary() {
        return answers.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(entry -> "%6d  %s".formatted(entry.getValue(), entry.getKey()))
                .collect(Collectors.joining("\n"));
    }

    private void tryToSend(int number, Judged judged) {
        try {
            send(number, judged);
        } catch (RuntimeException e) {
            wrong.add("spec %d could not be made or sent: %s".formatted(number, e));
        }
    }

    private void send(int number, Judged judged) {
        String kind = number % 4 == 0 ? "Site" : "Service";
        String name = "n" + number;
        JsonNode spec = Specs.make(RANDOM.create(SEED + number), Objects.requireNonNull(schemas.get(kind)));
        judged.expect(kind, name);
        try {
            create(kind, name, spec);
            judge(kind, name, judged);
        } catch (KubernetesClientException e) {
            count("%s answered with %d".formatted(kind, e.getCode()));
            if (!isRefusedWithASentence(e)) {
                wrong.add("%s %s: %s".formatted(kind, name, e));
            }
        } catch (Exception e) {
            wrong.add("%s %s: no condition after %s: %s".formatted(kind, name, PATIENCE, spec));
        }
    }

    private void judge(String kind, String name, Judged judged) throws Exception {
        try {
            count(kind + " taken: " + judged.reason(kind, name, PATIENCE));
        } finally {
            remove(kind, name);
        }
    }

    private void remove(String kind, String name) {
        var gone = client.genericKubernetesResources("ashlar.dev/v1alpha1", kind)
                .inNamespace(namespace)
                .withName(name)
                .delete();
        if (gone.isEmpty()) {
            wrong.add("%s %s: was not there to be deleted".formatted(kind, name));
        }
    }

    private void count(String answer) {
        answers.merge(answer, 1, Integer::sum);
    }

    private static boolean isRefusedWithASentence(KubernetesClientException e) {
        return e.getCode() >= 400
                && e.getCode() < 500
                && e.getStatus() != null
                && !e.getStatus().getMessage().isBlank();
    }

    private void create(String kind, String name, JsonNode spec) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "ashlar.dev/v1alpha1")
                .put("kind", kind)
                .putObject("metadata")
                .put("name", name);
        object.set("spec", spec);
        client.raw(path(kind), "POST", object);
    }

    private String path(String kind) {
        return "/apis/ashlar.dev/v1alpha1/namespaces/%s/%ss".formatted(namespace, kind.toLowerCase(Locale.ROOT));
    }
}
