package dev.ashlar.operator.service.object;

import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.Map;

/** The PodDisruptionBudget: a node that is drained takes one pod of several at a time. */
public final class ServiceBudget {
    private ServiceBudget() {}

    /** One that does not answer anyway may go; a step, which belongs to a Job, is not counted. */
    public static PodDisruptionBudget budget(ServicePlan plan) {
        return new PodDisruptionBudgetBuilder()
                .withMetadata(Labels.child(plan.owner(), plan.name()))
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .withNewSelector()
                .withMatchLabels(Map.of(Labels.OWNER, plan.name()))
                .addNewMatchExpression()
                .withKey(ServicePods.STEP)
                .withOperator("DoesNotExist")
                .endMatchExpression()
                .endSelector()
                .endSpec()
                .build();
    }
}
