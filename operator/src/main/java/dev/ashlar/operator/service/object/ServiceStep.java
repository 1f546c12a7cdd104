package dev.ashlar.operator.service.object;

import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.service.plan.Revision;
import dev.ashlar.operator.service.plan.ServicePlan;
import dev.ashlar.operator.service.plan.Step;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;

/** The Job of one step: each revision has its own, so that it runs once for each. */
public final class ServiceStep {
    private ServiceStep() {}

    public static Job job(ServicePlan plan, Step step) {
        PodTemplateSpec template = ServicePods.template(plan, step);
        var spec = ServiceJob.spec(template, step.deadline());
        spec.setBackoffLimit(step.retries());
        return new JobBuilder()
                .withMetadata(Labels.child(plan.owner(), plan.name() + "-" + hash(plan, step, template)))
                .withSpec(spec)
                .build();
    }

    /** A Job cannot be changed: whatever it is made from is in its name. */
    private static String hash(ServicePlan plan, Step step, PodTemplateSpec template) {
        return Revision.of(
                template.getSpec(), plan.files(), template.getMetadata().getLabels(), step);
    }
}
