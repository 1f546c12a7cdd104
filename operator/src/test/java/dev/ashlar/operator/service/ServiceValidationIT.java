package dev.ashlar.operator.service;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.validation.Reference;
import dev.ashlar.operator.validation.Rule;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(ClusterExtension.class)
class ServiceValidationIT {
    static Stream<Rule> rules() {
        return Rule.of("service");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theServerTakesTheGoodAndRefusesTheBad(Rule rule, KubernetesClient client, @TestNamespace String namespace) {
        rule.check(client, namespace);
    }

    @Test
    void theServerTakesTheExamplesOfTheReference(KubernetesClient client, @TestNamespace String namespace)
            throws IOException {
        Reference.of("service").checkExamples(client, namespace);
    }
}
