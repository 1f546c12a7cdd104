package dev.ashlar.operator.service.object;

import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.service.plan.Run;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;

/** The CronJob of a Service with a schedule: its runs carry the Service's label, so that their ends are seen. */
public final class ServiceCronJob {
    private static final int KEPT_SUCCESSES = 1;

    private ServiceCronJob() {}

    public static CronJob cronJob(ServicePlan plan, Run.Scheduled run) {
        return new CronJobBuilder()
                .withMetadata(Labels.child(plan.owner(), plan.name()))
                .withNewSpec()
                .withSchedule(run.cron())
                .withTimeZone(run.timeZone())
                .withSuspend(run.suspended())
                .withConcurrencyPolicy("Forbid")
                .withStartingDeadlineSeconds(run.startWithin().toSeconds())
                .withSuccessfulJobsHistoryLimit(KEPT_SUCCESSES)
                .withFailedJobsHistoryLimit(run.keepFailed())
                .withNewJobTemplate()
                .withNewMetadata()
                .withLabels(Labels.of(plan.owner()))
                .endMetadata()
                .withSpec(ServiceJob.spec(ServicePods.template(plan), run.deadline()))
                .endJobTemplate()
                .endSpec()
                .build();
    }
}
