package dev.ashlar.operator.service;

import dev.ashlar.operator.kube.Labels;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;

/** The Deployment: the old revision keeps serving until the new one answers. */
final class ServiceDeployment {
    private static final int KEPT_REVISIONS = 3;
    private static final int PROGRESS_BEYOND_START_SECONDS = 60;
    /** A container without any check must run this long before it counts, else a crash between two crashes looks like success. */
    private static final int STEADY_SECONDS = 5;

    private ServiceDeployment() {}

    static Deployment deployment(ServicePlan plan) {
        return new DeploymentBuilder()
                .withMetadata(Labels.child(plan.owner(), plan.name()))
                .withNewSpec()
                .withReplicas(plan.replicas())
                .withMinReadySeconds(plan.ready() == null ? STEADY_SECONDS : null)
                .withProgressDeadlineSeconds((int) plan.startWithin().toSeconds() + PROGRESS_BEYOND_START_SECONDS)
                .withRevisionHistoryLimit(KEPT_REVISIONS)
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(new IntOrString(1))
                .withMaxUnavailable(new IntOrString(0))
                .endRollingUpdate()
                .endStrategy()
                .withNewSelector()
                .withMatchLabels(Map.of(Labels.OWNER, plan.name()))
                .endSelector()
                .withTemplate(ServicePods.template(plan))
                .endSpec()
                .build();
    }
}
