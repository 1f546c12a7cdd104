package dev.ashlar.operator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class UvicornIT {
    private final Pods pods;

    UvicornIT(@TestNamespace String namespace, KubernetesClient client) {
        pods = new Pods(client, namespace);
    }

    @Test
    void servesAnApplicationWrittenForPython() throws Exception {
        Workload application = Workload.of("uvicorn").port(8080).file("/app/app.py", """
                        import sqlite3, ssl, sys

                        async def app(scope, receive, send):
                            if scope["type"] != "http":
                                return
                            word, = sqlite3.connect(":memory:").execute("select upper(?)", [scope["path"][1:]]).fetchone()
                            trusted = len(ssl.create_default_context().get_ca_certs()) > 50
                            text = f"{word} by Python {sys.version_info.major}, roots {trusted}"
                            await send({"type": "http.response.start", "status": 200, "headers": []})
                            await send({"type": "http.response.body", "body": text.encode()})
                        """);
        try (RunningPod uvicorn = pods.start(application)) {
            assertThat(uvicorn.get(8080, "/ashlar").body()).isEqualTo("ASHLAR by Python 3, roots True");
        }
    }
}
