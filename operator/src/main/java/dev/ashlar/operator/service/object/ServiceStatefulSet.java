package dev.ashlar.operator.service.object;

import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.service.plan.Run;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.Map;

/** The StatefulSet: each pod has its name and its claims, and a new revision replaces them one after the other. */
public final class ServiceStatefulSet {
    private static final int KEPT_REVISIONS = 3;

    private ServiceStatefulSet() {}

    /** All pods start at a time: one that is in trouble must not keep its own repair from rolling out. */
    public static StatefulSet statefulSet(ServicePlan plan, Run.Stateful run) {
        return new StatefulSetBuilder()
                .withMetadata(Labels.child(plan.owner(), plan.name()))
                .withNewSpec()
                .withReplicas(run.replicas())
                .withServiceName(ServicePeers.name(plan))
                .withPodManagementPolicy("Parallel")
                .withMinReadySeconds(plan.ready() == null ? ServiceDeployment.STEADY_SECONDS : null)
                .withRevisionHistoryLimit(KEPT_REVISIONS)
                .withNewSelector()
                .withMatchLabels(Map.of(Labels.OWNER, plan.name(), ServicePods.STATEFUL, "true"))
                .endSelector()
                .withTemplate(ServicePods.template(plan))
                .withVolumeClaimTemplates(ServiceClaims.templates(plan))
                .endSpec()
                .build();
    }
}
