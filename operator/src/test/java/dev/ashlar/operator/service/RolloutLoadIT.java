package dev.ashlar.operator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nobody who asks a Service notices that its pods are replaced, or that there are fewer of them. */
@ExtendWith(ClusterExtension.class)
class RolloutLoadIT {
    private static final int REQUESTS_PER_SECOND = 200;
    private static final int STREAMS = 20;
    /** RFC 6455 leaves the code to IANA, whose list has 1012: the server restarts, connect again. */
    private static final int SERVICE_RESTART = 1012;

    @Test
    void noRequestIsLostWhileRevisionsReplaceEachOtherAndPodsGo(
            KubernetesClient client, @TestNamespace String namespace) throws IOException, InterruptedException {
        var services = new TestServices(client, namespace);
        String spec = "image: " + services.push("nginx") + "\nports: [{name: http, port: 8080}]\n";
        services.apply("busy", spec + "replicas: 2");
        services.awaitReady("busy", "True", "2 pods answer.");

        Load.Result result;
        try (Load load = Load.on(address(client, namespace, "busy"), 8080, REQUESTS_PER_SECOND)) {
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

    @Test
    void webSocketsOfAReplacedPodAreClosedByAHandshakeAndGoOnWithTheNextRevision(
            KubernetesClient client, @TestNamespace String namespace) throws Exception {
        var services = new TestServices(client, namespace);
        String spec = """
                image: %s
                replicas: 2
                ports: [{name: http, port: 8080}]
                files:
                - path: /app/app.py
                  content: |
                    import asyncio
                    async def app(scope, receive, send):
                        if scope["type"] == "websocket":
                            await receive()
                            await send({"type": "websocket.accept"})
                            while True:
                                await send({"type": "websocket.send", "text": "%%s"})
                                await asyncio.sleep(0.1)
                """.formatted(services.push("uvicorn"));
        services.apply("talk", spec.formatted("first"));
        services.awaitReady("talk", "True", "2 pods answer.");

        try (Streams streams = Streams.open(address(client, namespace, "talk"), 8080, STREAMS)) {
            awaitAllHear(streams, "first");
            services.apply("talk", spec.formatted("second"));
            awaitAllHear(streams, "second");

            assertThat(streams.stop()).hasSizeGreaterThanOrEqualTo(STREAMS).containsOnly(SERVICE_RESTART);
        }
    }

    private static void awaitAllHear(Streams streams, String word) {
        await().atMost(TestServices.PATIENCE)
                .until(() -> Collections.frequency(streams.heard().values(), word) == STREAMS);
    }

    private static String address(KubernetesClient client, String namespace, String service) {
        return client.services()
                .inNamespace(namespace)
                .withName(service)
                .require()
                .getSpec()
                .getClusterIP();
    }
}
