package dev.ashlar.operator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every member of a one-of can take the place of every other one: no default stands in its way. */
@ExtendWith(ClusterExtension.class)
class OneOfIT {
    @ParameterizedTest
    @EnumSource
    void itsMembersReplaceEachOtherByApply(OneOf oneOf, KubernetesClient client, @TestNamespace String namespace)
            throws Exception {
        replaceEachOther(oneOf, client, namespace, "apply");
    }

    @ParameterizedTest
    @EnumSource
    void itsMembersReplaceEachOtherByServerSideApply(
            OneOf oneOf, KubernetesClient client, @TestNamespace String namespace) throws Exception {
        replaceEachOther(oneOf, client, namespace, "apply", "--server-side");
    }

    private static void replaceEachOther(OneOf oneOf, KubernetesClient client, String namespace, String... apply)
            throws IOException, InterruptedException {
        var name = "%s-%d".formatted(oneOf.name().toLowerCase(Locale.ROOT).replace('_', '-'), apply.length);
        var arguments = Stream.concat(Stream.of(apply), Stream.of("-n", namespace, "-f", "-"))
                .toList();
        for (var member : oneOf.members()) {
            Kubectl.find().run(oneOf.yaml(name, member), arguments);
            var stored = client.genericKubernetesResources("ashlar.dev/v1alpha1", oneOf.kind())
                    .inNamespace(namespace)
                    .withName(name)
                    .get();
            JsonNode tree = Serialization.jsonMapper().valueToTree(stored);
            assertThat(tree.at(oneOf.place())).isEqualTo(new YAMLMapper().readTree(oneOf.stored(member)));
        }
    }
}
