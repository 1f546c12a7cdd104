package dev.ashlar.operator.service.verdict;

import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.service.object.ServicePods;
import dev.ashlar.operator.service.plan.Run;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges how far the pods of the newest revision got. */
public final class Rollout {
    private final ServicePlan plan;
    private final Progress progress;

    private Rollout(ServicePlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** @param pods all known pods of the Service, those of older revisions too */
    public static Outcome judge(ServicePlan plan, Progress progress, Collection<Pod> pods, Instant now) {
        Rollout rollout = new Rollout(plan, progress);
        if (!progress.isSeen()) {
            return rollout.rollingOut();
        }
        if (progress.isComplete()) {
            return rollout.success();
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

    private Outcome success() {
        int pods = progress.desired();
        if (plan.run() instanceof Run.PerNode(boolean controlPlane, Map<String, String> nodes)) {
            return pods == 0
                    ? noNode(nodes)
                    : new Outcome.Done(count(pods) + (pods == 1 ? ", on the one node." : ", one on each node."));
        }
        return new Outcome.Done(
                pods == 0
                        ? "Scaled to zero."
                        : count(pods)
                                + (plan.stopsFirst()
                                        ? "; it stops before the next revision starts, since it keeps a volume."
                                        : "."));
    }

    private static String count(int pods) {
        return pods == 1 ? "1 pod answers" : pods + " pods answer";
    }

    private Outcome noNode(Map<String, String> nodes) {
        String labels = nodes.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(" "));
        return new Outcome.Waiting(
                ServiceReason.NoNode,
                labels.isEmpty()
                        ? "No node lets Service %s run on it; set spec.perNode.controlPlane, or see `kubectl get nodes`."
                                .formatted(plan.name())
                        : "No node has the labels that Service %s asks for; label one: `kubectl label node NAME %s`."
                                .formatted(plan.name(), labels));
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
        return pods.stream()
                .filter(pod -> !pod.isMarkedForDeletion())
                .filter(pod -> !pod.getMetadata().getLabels().containsKey(ServicePods.STEP))
                .filter(pod ->
                        progress.revision().equals(pod.getMetadata().getLabels().get(Labels.REVISION)))
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
                progress.isSeen() && progress.desired() == 0 ? Duration.ZERO : PodTrouble.PATIENCE.plusSeconds(2));
    }

    private Optional<DeploymentCondition> condition(String type, String status) {
        return progress.conditions().stream()
                .filter(c -> type.equals(c.getType()) && status.equals(c.getStatus()))
                .findFirst();
    }
}
