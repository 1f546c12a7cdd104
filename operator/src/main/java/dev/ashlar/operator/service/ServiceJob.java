package dev.ashlar.operator.service;

import dev.ashlar.operator.kube.Labels;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import java.time.Duration;

/** The Job of a Service that runs once. A Job cannot be changed, so that each revision has its own, and the old one goes. */
final class ServiceJob {
    private ServiceJob() {}

    static Job job(ServicePlan plan, Run.Once run) {
        return new JobBuilder()
                .withMetadata(Labels.child(plan.owner(), name(plan, run)))
                .withSpec(spec(plan, run.deadline()))
                .build();
    }

    /** The deadline is not part of the pods, but one that is raised shall let the job try again. */
    static String name(ServicePlan plan, Run.Once run) {
        PodTemplateSpec template = ServicePods.template(plan);
        return plan.name() + "-" + Revision.of(template.getSpec(), plan.files(), run.deadline());
    }

    /** One try: what failed may have done half of its work, and only its user knows whether it can be repeated. */
    static JobSpec spec(ServicePlan plan, Duration deadline) {
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
                .withTemplate(ServicePods.template(plan))
                .build();
    }
}
