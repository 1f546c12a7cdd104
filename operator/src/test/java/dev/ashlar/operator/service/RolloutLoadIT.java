package dev.ashlar.operator.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nobody who asks a Service notices that its pods are replaced, or that there are fewer of them. */
@ExtendWith(ClusterExtension.class)
class RolloutLoadIT {
    private static final int REQUESTS_PER_SECOND = 200;

    @Test
    void noRequestIsLostWhileRevisionsReplaceEachOtherAndPodsGo(
            KubernetesClient client, @TestNamespace String namespace) throws IOException, InterruptedException {
        var services = new TestServices(client, namespace);
        String spec = "image: " + services.push("nginx") + "\nports: [{name: http, port: 8080}]\n";
        services.apply("busy", spec + "replicas: 2");
        services.awaitReady("busy", "True", "2 pods answer.");
        var address = client.services()
                .inNamespace(namespace)
                .withName("busy")
                .require()
                .getSpec()
                .getClusterIP();

        Load.Result result;
        try (Load load = Load.on(address, 8080, REQUESTS_PER_SECOND)) {
            for (int revision = 1; revision <= 2; revision++) {
                services.apply(
                        "busy", spec + "replicas: 2\nenv: [{name: REVISION, value: \"%d\"}]".formatted(revision));
                services.awaitReady("busy", "True", "2 pods answer.");
            }
            services.kubectl("", "scale", "asvc", "busy", "--replicas=1");
            services.awaitReady("busy", "True", "1 pod answers.");
            result = load.stop();
        }

        assertThat(result.failures()).isEmpty();
        assertThat(result.answers()).isGreaterThan(REQUESTS_PER_SECOND * 5);
    }
}
