package dev.ashlar.operator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.images.oci.Platform;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An image for several platforms, which the container runtime pulls by the digest of its index. */
@ExtendWith(ClusterExtension.class)
class PlatformsIT {
    private final Images images = Images.open(Checkout.find(), List.of(Platform.values()));
    private final Pods pods;

    PlatformsIT(@TestNamespace String namespace, KubernetesClient client) {
        pods = new Pods(client, namespace, images);
    }

    @Test
    void runsAsThisMachinesImageOfTheIndex() throws Exception {
        try (RunningPod pod = pods.start(Workload.of("pause"))) {
            assertThat(pod.image())
                    .isEqualTo("localhost:5000/pause@" + images.image("pause").digest());
        }
    }
}
