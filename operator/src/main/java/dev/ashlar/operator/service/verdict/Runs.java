package dev.ashlar.operator.service.verdict;

import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.service.plan.Run;
import dev.ashlar.operator.service.plan.ServicePlan;
import dev.ashlar.operator.service.plan.Step;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Judges a Service whose pods end by themselves: by the last run that ended, unless a later one cannot even start. */
public final class Runs {
    private final ServicePlan plan;
    private final Evidence evidence;
    private final Instant now;

    public Runs(ServicePlan plan, Evidence evidence, Instant now) {
        this.plan = plan;
        this.evidence = evidence;
        this.now = now;
    }

    /** The one run, which has its own Job. */
    public Outcome once(Job job) {
        if (ended(job).isEmpty()) {
            return trouble(job)
                    .orElseGet(() -> onItsWay(
                            job, ServiceReason.Running, "The run of Service %s is on its way.".formatted(plan.name())));
        }
        return isComplete(job) ? new Outcome.Done("The run ended well.") : stalled(failed(job, "its run"), "");
    }

    /** One step before the pods of a revision. */
    public Outcome step(Step step, Job job) {
        if (ended(job).isEmpty()) {
            return trouble(job)
                    .orElseGet(() -> onItsWay(
                            job,
                            ServiceReason.Preparing,
                            "Step %s of Service %s is on its way.".formatted(step.name(), plan.name())));
        }
        return isComplete(job)
                ? new Outcome.Done("Step %s ended well.".formatted(step.name()))
                : stalled(
                        new Outcome.Waiting(
                                ServiceReason.StepFailed,
                                failed(job, "its step " + step.name()).message()),
                        "; the former revision, if there was one, goes on serving");
    }

    /** Nothing tells us when a pod waits for too long. */
    private Outcome.Waiting onItsWay(Job job, ServiceReason reason, String message) {
        boolean waits = FailedRun.podsOf(job, evidence.pods()).anyMatch(Runs::isWaiting);
        return new Outcome.Waiting(reason, message, waits ? PodTrouble.PATIENCE.plusSeconds(2) : Duration.ZERO);
    }

    private Outcome.Waiting failed(Job job, String which) {
        return new FailedRun(plan, job, evidence.pods()).explain(which);
    }

    private static Outcome stalled(Outcome.Waiting failure, String more) {
        return new Outcome.Stalled(
                failure.reason(),
                failure.message()
                        .replaceFirst("[.]$", "; correct the spec, or delete the Job to run it again" + more + "."));
    }

    /** @param jobs all known Jobs of the Service */
    public Outcome scheduled(Run.Scheduled run, CronJob live, Collection<Job> jobs) {
        List<Job> newestFirst = jobs.stream()
                .filter(job -> !job.isMarkedForDeletion())
                .sorted(Comparator.comparing((Job job) -> job.getMetadata().getCreationTimestamp())
                        .thenComparing(job -> job.getMetadata().getName())
                        .reversed())
                .toList();
        return newestFirst.stream()
                .filter(job -> ended(job).isEmpty())
                .findFirst()
                .flatMap(this::trouble)
                .map(Outcome.class::cast)
                .or(() -> newestFirst.stream()
                        .filter(job -> ended(job).isPresent())
                        .findFirst()
                        .filter(job -> !isComplete(job))
                        .map(job -> failed(job, "its last run")))
                .or(() -> missed(run, live, jobs))
                .orElseGet(() -> new Outcome.Done(success(run, newestFirst)));
    }

    private Optional<Outcome> missed(Run.Scheduled run, CronJob live, Collection<Job> jobs) {
        return NextRun.latest(run, live, jobs)
                .filter(latest -> latest.isBefore(now))
                .map(latest -> new Outcome.Waiting(
                        ServiceReason.RunMissed,
                        "Service %s missed a run: the cluster was away at its time and for %s after (spec.schedule.startWithin), or the run before took too long; make up for it: `kubectl -n %s create job --from=cronjob/%1$s NAME`; the next runs as usual."
                                .formatted(plan.name(), written(run.startWithin()), plan.namespace())));
    }

    /** As the spec has it, like {@code 1h}. */
    private static String written(Duration time) {
        return time.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    private static String success(Run.Scheduled run, List<Job> jobs) {
        if (run.suspended()) {
            return "Suspended: no run starts until spec.schedule.suspended is removed.";
        }
        return jobs.stream().anyMatch(Runs::isComplete)
                ? "The last run ended well."
                : "No run has ended yet; the times are %s in %s.".formatted(run.cron(), run.timeZone());
    }

    private Optional<Outcome.Waiting> trouble(Job job) {
        List<Pod> pods = FailedRun.podsOf(job, evidence.pods()).toList();
        return pods.isEmpty()
                ? refused(job)
                : pods.stream()
                        .flatMap(pod -> isWaiting(pod)
                                ? PodTrouble.of(plan, pod, evidence, now).stream()
                                : PodTrouble.lost(plan, pod).stream())
                        .findFirst();
    }

    /** One that ended at once may still be called pending; what became of it is the Job's to say. */
    private static boolean isWaiting(Pod pod) {
        return "Pending".equals(pod.getStatus().getPhase())
                && pod.getStatus().getContainerStatuses().stream()
                        .noneMatch(container -> container.getState() != null
                                && container.getState().getTerminated() != null);
    }

    private Optional<Outcome.Waiting> refused(Job job) {
        return Optional.ofNullable(job.getMetadata().getUid())
                .flatMap(uid -> evidence.warnings().last(uid, "FailedCreate"))
                .map(warning -> new RefusedPods(plan).explain(warning.message()));
    }

    private static boolean isComplete(Job job) {
        return ended(job).filter(end -> end.getType().equals("Complete")).isPresent();
    }

    /** How a Job ended, empty while it did not. */
    static Optional<JobCondition> ended(Job job) {
        return job.getStatus() == null
                ? Optional.empty()
                : job.getStatus().getConditions().stream()
                        .filter(end -> "True".equals(end.getStatus()))
                        .filter(end -> end.getType().equals("Complete")
                                || end.getType().equals("Failed"))
                        .findFirst();
    }
}
