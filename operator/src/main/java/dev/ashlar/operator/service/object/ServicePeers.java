package dev.ashlar.operator.service.object;

import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Map;

/** The core Service without an address of its own by which each pod of a stateful Service has a name: {@code db-0.db-pods}. */
public final class ServicePeers {
    private ServicePeers() {}

    /** Named also while they do not answer: peers look for each other in order to start. */
    public static Service service(ServicePlan plan) {
        return new ServiceBuilder()
                .withMetadata(Labels.child(plan.owner(), name(plan)))
                .withNewSpec()
                .withType("ClusterIP")
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(Map.of(Labels.OWNER, plan.name(), ServicePods.STATEFUL, "true"))
                .endSpec()
                .build();
    }

    static String name(ServicePlan plan) {
        return plan.name() + "-pods";
    }
}
