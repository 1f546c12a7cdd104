package dev.ashlar.operator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The storage class that {@code overlays/dev} brings. */
@ExtendWith(ClusterExtension.class)
class LocalPathProvisionerIT {
    private static final String CLAIM = "quarry";
    private final KubernetesClient client;
    private final String namespace;
    private final Pods pods;

    LocalPathProvisionerIT(@TestNamespace String namespace, KubernetesClient client) {
        this.client = client;
        this.namespace = namespace;
        this.pods = new Pods(client, namespace);
    }

    @Test
    void keepsWhatAPodWroteForTheNextAndRemovesItWithTheClaim() throws Exception {
        Resource<PersistentVolumeClaim> claim =
                client.persistentVolumeClaims().inNamespace(namespace).resource(claim());
        claim.create();
        Workload keys = Workload.of("sops").command("/age-keygen").claim(CLAIM);
        String written = pods.run(keys.args("-o", "/data/key.txt")).log();
        assertThat(claim.get().getStatus().getPhase()).isEqualTo("Bound");
        String read = pods.run(keys.args("-y", "/data/key.txt")).log();
        assertThat(written).isEqualTo("Public key: " + read);

        String volume = claim.get().getSpec().getVolumeName();
        claim.delete();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> client.persistentVolumes().withName(volume).get() == null);
    }

    private static PersistentVolumeClaim claim() {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(CLAIM)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity("16Mi")))
                .endResources()
                .endSpec()
                .build();
    }
}
