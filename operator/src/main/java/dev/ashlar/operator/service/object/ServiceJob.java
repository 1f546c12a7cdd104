package dev.ashlar.operator.service.object;

import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.service.plan.Revision;
import dev.ashlar.operator.service.plan.Run;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import java.time.Duration;

/** The Job of a Service that runs once. A Job cannot be changed, so that each revision has its own, and the old one goes. */
public final class ServiceJob {
    private ServiceJob() {}

    public static Job job(ServicePlan plan, Run.Once run) {
        return new JobBuilder()
                .withMetadata(Labels.child(plan.owner(), name(plan, run)))
                .withSpec(spec(ServicePods.template(plan), run.deadline()))
                .build();
    }

    /** The deadline is not part of the pods, but one that is raised shall let the job try again. */
    private static String name(ServicePlan plan, Run.Once run) {
        PodTemplateSpec template = ServicePods.template(plan);
        return plan.name() + "-" + Revision.of(template.getSpec(), plan.files(), run.deadline());
    }

    /** One try: what failed may have done half of its work, and only its user knows whether it can be repeated. */
    static JobSpec spec(PodTemplateSpec template, Duration deadline) {
        return new JobSpecBuilder()
                .withActiveDeadlineSeconds(deadline.toSeconds())
                .withBackoffLimit(0)
                .withNewPodFailurePolicy()
                .addNewRule()
                .withAction("Ignore") // a pod that its node took down is no try
                .addNewOnPodCondition()
                .withType("DisruptionTarget")
                .withStatus("True")
                .endOnPodCondition()
                .endRule()
                .endPodFailurePolicy()
                .withTemplate(template)
                .build();
    }
}
