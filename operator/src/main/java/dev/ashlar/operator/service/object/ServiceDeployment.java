package dev.ashlar.operator.service.object;

import dev.ashlar.crds.Publish;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.service.plan.Run;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategyBuilder;
import java.time.Duration;
import java.util.Map;

/** The Deployment: the old revision keeps serving until the new one answers, but where both cannot be at a time. */
public final class ServiceDeployment {
    /** A container without any check must run this long before it counts, else a crash between two crashes looks like success. */
    static final int STEADY_SECONDS = 5;

    private static final int KEPT_REVISIONS = 3;
    private static final Duration PROGRESS_BEYOND_START = Duration.ofSeconds(60);

    private ServiceDeployment() {}

    public static Deployment deployment(ServicePlan plan, Run.Replicated run) {
        return new DeploymentBuilder()
                .withMetadata(Labels.child(plan.owner(), plan.name()))
                .withNewSpec()
                .withReplicas(run.replicas())
                .withMinReadySeconds(plan.ready() == null ? STEADY_SECONDS : null)
                .withProgressDeadlineSeconds((int) progressDeadline(plan).toSeconds())
                .withRevisionHistoryLimit(KEPT_REVISIONS)
                .withStrategy(strategy(plan))
                .withNewSelector()
                .withMatchLabels(Map.of(Labels.OWNER, plan.name()))
                .endSelector()
                .withTemplate(ServicePods.template(plan))
                .endSpec()
                .build();
    }

    /** How long a pod may take until it answers, with what comes before its container starts. */
    public static Duration progressDeadline(ServicePlan plan) {
        return plan.startWithin().plus(PROGRESS_BEYOND_START);
    }

    private static DeploymentStrategy strategy(ServicePlan plan) {
        if (plan.stopsFirst()) {
            return new DeploymentStrategyBuilder().withType("Recreate").build();
        }
        // Two pods cannot have one port of a node.
        boolean onHost = plan.exposure().uses(Publish.Way.HOST_PORT);
        return new DeploymentStrategyBuilder()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(new IntOrString(onHost ? 0 : 1))
                .withMaxUnavailable(new IntOrString(onHost ? 1 : 0))
                .endRollingUpdate()
                .build();
    }
}
