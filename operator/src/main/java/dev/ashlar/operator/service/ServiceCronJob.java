package dev.ashlar.operator.service;

import dev.ashlar.operator.kube.Labels;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import java.util.Map;

/** The CronJob of a Service with a schedule: its runs carry the Service's label, so that their ends are seen. */
final class ServiceCronJob {
    private static final int KEPT_SUCCESSES = 1;
    /** How late a run may start, for instance after the cluster was down; without a bound a hundred missed ones stop it for good. */
    private static final long LATEST_START_SECONDS = 3600;

    private ServiceCronJob() {}

    static CronJob cronJob(ServicePlan plan, Run.Scheduled run) {
        return new CronJobBuilder()
                .withMetadata(Labels.child(plan.owner(), plan.name()))
                .withNewSpec()
                .withSchedule(run.cron())
                .withTimeZone(run.timeZone())
                .withSuspend(run.suspended())
                .withConcurrencyPolicy("Forbid")
                .withStartingDeadlineSeconds(LATEST_START_SECONDS)
                .withSuccessfulJobsHistoryLimit(KEPT_SUCCESSES)
                .withFailedJobsHistoryLimit(run.keepFailed())
                .withNewJobTemplate()
                .withNewMetadata()
                .withLabels(Map.of(Labels.OWNER, plan.name()))
                .endMetadata()
                .withSpec(ServiceJob.spec(plan, run.deadline()))
                .endJobTemplate()
                .endSpec()
                .build();
    }
}
