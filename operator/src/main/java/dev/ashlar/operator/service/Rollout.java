package dev.ashlar.operator.service;

import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.Outcome;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges how far the pods of the newest revision got. */
final class Rollout {
    private final ServicePlan plan;
    private final Deployment live;

    private Rollout(ServicePlan plan, Deployment live) {
        this.plan = plan;
        this.live = live;
    }

    /** @param pods all known pods of the Service, those of older revisions too */
    static Outcome judge(ServicePlan plan, Deployment live, Collection<Pod> pods, Instant now) {
        Rollout rollout = new Rollout(plan, live);
        DeploymentStatus status = live.getStatus();
        if (status == null
                || number(status.getObservedGeneration()) < live.getMetadata().getGeneration()) {
            return rollout.rollingOut();
        }
        if (rollout.isComplete(status)) {
            return new Outcome.Done(rollout.success());
        }
        Outcome.Waiting cause = rollout.explain(pods, now);
        return rollout.condition("Progressing", "False").isPresent() ? rollout.givenUp(cause) : cause;
    }

    /** The Deployment's controller saw no progress for the whole of the deadline. */
    private Outcome givenUp(Outcome.Waiting cause) {
        return cause.reason() == ServiceReason.RollingOut
                ? new Outcome.Stalled(
                        ServiceReason.NotReady,
                        "The pods of Service %s do not start; see why: `kubectl -n %s describe pod -l %s=%s`."
                                .formatted(plan.name(), plan.namespace(), Labels.OWNER, plan.name()))
                : new Outcome.Stalled(cause.reason(), cause.message());
    }

    private boolean isComplete(DeploymentStatus status) {
        int replicas = plan.replicas();
        return number(status.getUpdatedReplicas()) == replicas
                && number(status.getReplicas()) == replicas
                && number(status.getAvailableReplicas()) == replicas;
    }

    private String success() {
        return switch (plan.replicas()) {
            case 0 -> "Scaled to zero.";
            case 1 -> "1 pod answers.";
            default -> plan.replicas() + " pods answer.";
        };
    }

    private Outcome.Waiting explain(Collection<Pod> pods, Instant now) {
        return newest(pods).stream()
                .map(pod -> PodTrouble.of(plan, pod, now))
                .flatMap(Optional::stream)
                .findFirst()
                .or(this::refused)
                .orElseGet(this::rollingOut);
    }

    private List<Pod> newest(Collection<Pod> pods) {
        var revision = live.getSpec().getTemplate().getMetadata().getLabels().get(Labels.REVISION);
        return pods.stream()
                .filter(pod -> !pod.isMarkedForDeletion())
                .filter(pod ->
                        Objects.equals(revision, pod.getMetadata().getLabels().get(Labels.REVISION)))
                .sorted(Comparator.comparing(
                                (HasMetadata pod) -> pod.getMetadata().getCreationTimestamp())
                        .thenComparing(pod -> pod.getMetadata().getName()))
                .toList();
    }

    private Optional<Outcome.Waiting> refused() {
        return condition("ReplicaFailure", "True")
                .map(condition -> new Outcome.Waiting(
                        ServiceReason.PodsRefused,
                        "The cluster refuses the pods of Service %s (%s); correct the spec or the namespace's limits."
                                .formatted(plan.name(), condition.getMessage())));
    }

    /** Nothing tells us when patience is over, so this is the one outcome that looks again by itself. */
    private Outcome.Waiting rollingOut() {
        return new Outcome.Waiting(
                ServiceReason.RollingOut,
                "The pods of Service %s are rolling out.".formatted(plan.name()),
                plan.replicas() == 0 ? Duration.ZERO : PodTrouble.PATIENCE.plusSeconds(2));
    }

    private Optional<DeploymentCondition> condition(String type, String status) {
        return live.getStatus().getConditions().stream()
                .filter(c -> type.equals(c.getType()) && status.equals(c.getStatus()))
                .findFirst();
    }

    private static long number(@Nullable Number number) {
        return number == null ? 0 : number.longValue();
    }
}
