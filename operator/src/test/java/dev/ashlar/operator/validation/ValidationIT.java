package dev.ashlar.operator.validation;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ClusterExtension.class)
class ValidationIT {
    static Stream<Rule> rules() {
        return Stream.of("site", "service").flatMap(Rule::of);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theServerTakesTheGoodAndRefusesTheBad(Rule rule, KubernetesClient client, @TestNamespace String namespace) {
        rule.check(client, namespace);
    }

    @ParameterizedTest
    @ValueSource(strings = {"site", "service"})
    void theServerTakesTheExamplesOfTheReference(String kind, KubernetesClient client, @TestNamespace String namespace)
            throws IOException {
        Reference.of(kind).checkExamples(client, namespace);
    }
}
