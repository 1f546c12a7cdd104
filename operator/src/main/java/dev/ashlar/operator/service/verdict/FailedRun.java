package dev.ashlar.operator.service.verdict;

import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** Why one run failed: by its deadline, or by how its container ended. Never what it wrote, which may hold secrets. */
record FailedRun(ServicePlan plan, Job job, Collection<Pod> pods) {
    /** The label that the Job's controller gives to its pods. */
    static final String JOB_NAME = "batch.kubernetes.io/job-name";

    static Stream<Pod> podsOf(Job job, Collection<Pod> pods) {
        return pods.stream()
                .filter(pod -> job.getMetadata()
                        .getName()
                        .equals(pod.getMetadata().getLabels().get(JOB_NAME)));
    }

    /** @param which the run as the sentence calls it, like {@code its last run} */
    Outcome.Waiting explain(String which) {
        String reason = Runs.ended(job).map(JobCondition::getReason).orElse("");
        if ("DeadlineExceeded".equals(reason)) {
            return new Outcome.Waiting(
                    ServiceReason.DeadlinePassed,
                    "Service %s was not done by its deadline, %d s, and %s was ended (Job %s); raise the deadline, or make it faster."
                            .formatted(plan.name(), job.getSpec().getActiveDeadlineSeconds(), which, name()));
        }
        return podsOf(job, pods)
                .flatMap(pod -> PodTrouble.evicted(plan, pod).stream())
                .findFirst()
                .or(() -> end().map(end -> ended(which, end)))
                .orElseGet(() -> new Outcome.Waiting(
                        ServiceReason.RunFailed,
                        "Service %s failed in %s (Job %s: %s), and the pod is gone; see `kubectl -n %s describe job %s`."
                                .formatted(plan.name(), which, name(), reason, plan.namespace(), name())));
    }

    private Outcome.Waiting ended(String which, ContainerStateTerminated end) {
        if ("OOMKilled".equals(end.getReason())) {
            return new Outcome.Waiting(
                    ServiceReason.OutOfMemory,
                    "Service %s needs more memory than its %s in %s (Job %s); raise spec.resources.memory."
                            .formatted(plan.name(), plan.memory(), which, name()));
        }
        if ("StartError".equals(end.getReason())) {
            return new Outcome.Waiting(
                    ServiceReason.CannotStart,
                    "The container of Service %s cannot start in %s: mostly its command is not a program of the image; correct spec.command; details: `kubectl -n %s describe pod -l %s=%s`."
                            .formatted(plan.name(), which, plan.namespace(), JOB_NAME, name()));
        }
        return new Outcome.Waiting(
                ServiceReason.RunFailed,
                "Service %s ended with exit code %d in %s; see why: `kubectl -n %s logs job/%s`."
                        .formatted(plan.name(), end.getExitCode(), which, plan.namespace(), name()));
    }

    private Optional<ContainerStateTerminated> end() {
        return podsOf(job, pods)
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .map(ContainerStatus::getState)
                .flatMap(Stream::ofNullable)
                .map(ContainerState::getTerminated)
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    private String name() {
        return job.getMetadata().getName();
    }
}
