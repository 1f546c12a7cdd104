package dev.ashlar.operator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class CaddyIT {
    private static final int PORT = 8080;
    private static final String CADDYFILE = """
            http://:8080 {
                root /srv
                file_server
                templates
                respond /stone "ashlar"
            }
            """;
    private final Pods pods;

    CaddyIT(@TestNamespace String namespace, KubernetesClient client) {
        pods = new Pods(client, namespace);
    }

    @Test
    void servesMountedPagesAndTakesAnotherConfiguration() throws Exception {
        Workload caddy = Workload.of("caddy")
                .file("/etc/caddy/Caddyfile", CADDYFILE)
                .file("/etc/caddy/next.json", "{\"admin\": {\"disabled\": false}, \"apps\": {}}")
                .file("/srv/index.html", "{{ upper \"a wall of stones\" }}")
                .port(PORT);
        try (RunningPod pod = pods.start(caddy)) {
            assertThat(pod.get(PORT, "/").body()).isEqualTo("A WALL OF STONES");
            assertThat(pod.get(PORT, "/stone").body()).isEqualTo("ashlar");
            assertThat(pod.get(PORT, "/mortar").statusCode()).isEqualTo(404);
            assertThat(pod.exec("/caddy", "reload", "--config", "/etc/caddy/next.json")
                            .code())
                    .isZero();
        }
    }
}
