package dev.ashlar.operator.outage;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;

/** Waits for what a Deployment of one pod was changed to. */
public final class TestRollout {
    private TestRollout() {}

    /** Until that pod is ready and the one before it gone. */
    public static void awaitEnd(Resource<Deployment> deployment, Duration atMost) {
        Integer one = 1;
        await().atMost(atMost).until(() -> {
            Deployment live = deployment.require();
            var status = live.getStatus();
            return live.getMetadata().getGeneration().equals(status.getObservedGeneration())
                    && one.equals(status.getUpdatedReplicas())
                    && one.equals(status.getReplicas())
                    && one.equals(status.getReadyReplicas());
        });
    }
}
