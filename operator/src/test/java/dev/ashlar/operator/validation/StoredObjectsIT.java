package dev.ashlar.operator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What somebody stored by the first schema can be applied, is understood, and can be changed. */
@ExtendWith(ClusterExtension.class)
class StoredObjectsIT {
    private static final Path FIRST = Path.of("src/test/resources/stored/first-schema.yaml");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void objectsOfTheFirstSchemaStillWork(KubernetesClient client, @TestNamespace String namespace) throws Exception {
        NoPods.in(client, namespace);
        try (var judged = new Judged(client, namespace)) {
            List<GenericKubernetesResource> stored = new ArrayList<>();
            for (GenericKubernetesResource object : read()) {
                judged.expect(object.getKind(), object.getMetadata().getName());
                stored.add(client.resource(object).inNamespace(namespace).create());
            }
            for (GenericKubernetesResource object : stored) {
                judged.reason(object.getKind(), object.getMetadata().getName(), PATIENCE);
                client.resource(object)
                        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":{\"kept\":\"yes\"}}}");
            }
            assertThat(judged.failures()).isEmpty();
        }
    }

    private static List<GenericKubernetesResource> read() throws IOException {
        return Arrays.stream(Files.readString(FIRST).split("\n---\n"))
                .map(text -> Serialization.unmarshal(text, GenericKubernetesResource.class))
                .toList();
    }
}
