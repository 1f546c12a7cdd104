package dev.ashlar.operator.service.object;

import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import java.util.Map;

/** The DaemonSet: one pod on each node, replaced one node after the other. */
public final class ServiceDaemonSet {
    private static final int KEPT_REVISIONS = 3;

    private ServiceDaemonSet() {}

    public static DaemonSet daemonSet(ServicePlan plan) {
        return new DaemonSetBuilder()
                .withMetadata(Labels.child(plan.owner(), plan.name()))
                .withNewSpec()
                .withMinReadySeconds(plan.ready() == null ? ServiceDeployment.STEADY_SECONDS : null)
                .withRevisionHistoryLimit(KEPT_REVISIONS)
                .withNewUpdateStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxUnavailable(new IntOrString(1))
                .endRollingUpdate()
                .endUpdateStrategy()
                .withNewSelector()
                .withMatchLabels(Map.of(Labels.OWNER, plan.name()))
                .endSelector()
                .withTemplate(ServicePods.template(plan))
                .endSpec()
                .build();
    }
}
