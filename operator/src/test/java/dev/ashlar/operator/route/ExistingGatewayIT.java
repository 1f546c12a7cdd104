package dev.ashlar.operator.route;

import static org.awaitility.Awaitility.await;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cases that hold behind every gateway, behind one that the cluster has by itself and that the operator is told of: {@code GATEWAY=existing
 * GATEWAY_ADDRESS=HOST:PORT}, where it listens for http.
 */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(named = "GATEWAY", matches = "existing")
class ExistingGatewayIT {
    private static final Duration ROLLOUT = Duration.ofSeconds(120);

    private final KubernetesClient client;
    private final String namespace;
    private final InetSocketAddress gateway;

    ExistingGatewayIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
        String[] address =
                System.getenv().getOrDefault("GATEWAY_ADDRESS", "localhost:80").split(":");
        this.gateway = new InetSocketAddress(address[0], Integer.parseInt(address[1]));
    }

    @BeforeAll
    void bringTheSitesUp() throws IOException {
        ConformanceCase.sites(client)
                .forEach(site -> client.resource(site).inNamespace(namespace).serverSideApply());
    }

    static Stream<Path> cases() throws IOException {
        return ConformanceCase.files()
                .filter(file -> ConformanceCase.read(file, "any").portable());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void behavesAsTheCaseSays(Path file) {
        ConformanceCase portable = ConformanceCase.read(file, namespace);
        await().atMost(ROLLOUT).ignoreExceptions().untilAsserted(() -> portable.check(gateway));
    }
}
