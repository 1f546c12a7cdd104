package dev.ashlar.operator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class KubectlIT {
    private final Pods pods;
    private final KubernetesClient client;

    KubectlIT(@TestNamespace String namespace, KubernetesClient client) {
        pods = new Pods(client, namespace);
        this.client = client;
    }

    @Test
    void makesManifestsOfAMountedFolder() throws Exception {
        var kustomize = Workload.of("kubectl")
                .args("kustomize", "/work")
                .file("/work/kustomization.yaml", """
                        namePrefix: shop-
                        resources: [stone.yaml]
                        configMapGenerator:
                        - {name: wall, literals: [height=3], options: {disableNameSuffixHash: true}}
                        """)
                .file("/work/stone.yaml", """
                        apiVersion: v1
                        kind: ServiceAccount
                        metadata: {name: stone}
                        """);
        assertThat(pods.run(kustomize)).isEqualTo(new Pods.Finished(0, """
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  name: shop-stone
                ---
                apiVersion: v1
                data:
                  height: "3"
                kind: ConfigMap
                metadata:
                  name: shop-wall
                """));
    }

    @Test
    void isAsOldAsTheLocalCluster() throws Exception {
        var version = pods.run(Workload.of("kubectl").args("version", "--client"));
        assertThat(version.log())
                .contains("Client Version: " + client.getKubernetesVersion().getGitVersion());
    }
}
