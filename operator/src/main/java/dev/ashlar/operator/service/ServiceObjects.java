package dev.ashlar.operator.service;

import dev.ashlar.operator.kube.Applied;
import dev.ashlar.operator.kube.Applier;
import dev.ashlar.operator.kube.Outcome;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Service's objects after they were put in place.
 *
 * @param deployment null when there is to be none, or when it could not be put in place, which {@code outcome} explains
 */
record ServiceObjects(Outcome outcome, @Nullable Deployment deployment) {
    /** Nothing tells us that a quota was raised. */
    private static final Duration DENIED_RECHECK = Duration.ofMinutes(1);

    private static final Outcome IN_PLACE = new Outcome.Done("All objects are in place.");

    /** Files and ports come first, since the pods need them; what is no longer asked for goes last; the runs of a CronJob are its own, and go with it. */
    static ServiceObjects place(ServicePlan plan, ServiceChildren seen, Applier applier) {
        var owner = plan.owner();
        if (!plan.files().isEmpty()) {
            Outcome files = outcome(applier.apply(owner, ServiceFiles.configMap(plan), seen.files()));
            if (files != IN_PLACE) {
                return new ServiceObjects(files, null);
            }
        }
        if (!plan.ports().isEmpty()) {
            Outcome ports = outcome(applier.apply(owner, ServicePorts.service(plan), seen.ports()));
            if (ports != IN_PLACE) {
                return new ServiceObjects(ports, null);
            }
        }
        ServiceObjects placed = run(plan, seen, applier);
        prune(plan, seen, applier);
        return placed;
    }

    private static ServiceObjects run(ServicePlan plan, ServiceChildren seen, Applier applier) {
        var owner = plan.owner();
        return switch (plan.run()) {
            case Run.Always always -> {
                var deployment = applier.apply(owner, ServiceDeployment.deployment(plan), seen.deployment());
                yield new ServiceObjects(
                        outcome(deployment),
                        deployment instanceof Applied.InPlace<Deployment> inPlace ? inPlace.live() : null);
            }
            case Run.Scheduled run ->
                new ServiceObjects(
                        outcome(applier.apply(owner, ServiceCronJob.cronJob(plan, run), seen.cronJob())), null);
            case Run.Once run -> {
                Job job = ServiceJob.job(plan, run);
                Job cached = seen.job(job.getMetadata().getName());
                yield new ServiceObjects(outcome(applier.apply(owner, job, cached)), null);
            }
        };
    }

    private static void prune(ServicePlan plan, ServiceChildren seen, Applier applier) {
        String job = plan.run() instanceof Run.Once run ? ServiceJob.name(plan, run) : "";
        Stream.of(
                        plan.files().isEmpty() ? seen.files() : null,
                        plan.ports().isEmpty() ? seen.ports() : null,
                        plan.run() instanceof Run.Always ? null : seen.deployment(),
                        plan.run() instanceof Run.Scheduled ? null : seen.cronJob())
                .filter(Objects::nonNull)
                .forEach(child -> applier.prune(plan.owner(), child));
        seen.jobs().stream()
                .filter(each -> !each.getMetadata().getName().equals(job))
                .forEach(each -> applier.prune(plan.owner(), each));
    }

    private static Outcome outcome(Applied<? extends HasMetadata> applied) {
        return switch (applied) {
            case Applied.InPlace<?> inPlace -> IN_PLACE;
            case Applied.Leaving<?> leaving -> new Outcome.Waiting(ServiceReason.Replacing, leaving.message());
            case Applied.Denied<?> denied ->
                new Outcome.Waiting(ServiceReason.Refused, denied.message(), DENIED_RECHECK);
            case Applied.Taken<?> taken -> new Outcome.Stalled(ServiceReason.NameTaken, taken.message());
            case Applied.Refused<?> refused -> new Outcome.Stalled(ServiceReason.Refused, refused.message());
        };
    }
}
