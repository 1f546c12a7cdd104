package dev.ashlar.operator.service.verdict;

import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.service.object.ServicePods;
import dev.ashlar.operator.service.plan.Run;
import dev.ashlar.operator.service.plan.ServicePlan;
import dev.ashlar.operator.service.warning.Warning;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges how far the pods of the newest revision got. */
public final class Rollout {
    private final ServicePlan plan;
    private final Progress progress;
    private final Evidence evidence;
    private final Instant now;

    private Rollout(ServicePlan plan, Progress progress, Evidence evidence, Instant now) {
        this.plan = plan;
        this.progress = progress;
        this.evidence = evidence;
        this.now = now;
    }

    public static Outcome judge(ServicePlan plan, Progress progress, Evidence evidence, Instant now) {
        Rollout rollout = new Rollout(plan, progress, evidence, now);
        if (!progress.isSeen()) {
            return rollout.rollingOut();
        }
        if (progress.isComplete()) {
            return rollout.agentOnLostNode().orElseGet(rollout::success);
        }
        return rollout.judge(rollout.explain());
    }

    /** What answered before may answer again; else patience has an end. */
    private Outcome judge(Outcome.Waiting cause) {
        boolean stopped = condition("Progressing", "False").isPresent();
        if (progress.answered()) {
            return stopped && cause.reason() != ServiceReason.RollingOut
                    ? new Outcome.Stalled(cause.reason(), cause.message())
                    : cause;
        }
        Attempt attempt = new Attempt(
                plan,
                pods(this::isNewest).filter(pod -> !pod.isMarkedForDeletion()).toList(),
                now);
        if (stopped || attempt.isOver()) {
            return givenUp(cause, attempt.gap());
        }
        return attempt.left()
                .filter(left -> cause.recheck().isZero() || left.compareTo(cause.recheck()) < 0)
                .map(left -> new Outcome.Waiting(cause.reason(), cause.message(), left))
                .orElse(cause);
    }

    /** There was no progress for the whole of the deadline, or the same end too often. */
    private Outcome givenUp(Outcome.Waiting cause, String gap) {
        return cause.reason() == ServiceReason.RollingOut
                ? new Outcome.Stalled(
                        ServiceReason.NotReady,
                        "The pods of Service %s do not start; see why: `kubectl -n %s describe pod -l %s=%s`.%s"
                                .formatted(plan.name(), plan.namespace(), Labels.OWNER, plan.name(), gap))
                : new Outcome.Stalled(cause.reason(), cause.message() + gap);
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

    /** The controller of a DaemonSet no longer counts a node that does not answer. */
    private Optional<Outcome> agentOnLostNode() {
        return plan.run() instanceof Run.PerNode
                ? pods(this::isNewest)
                        .flatMap(pod -> PodTrouble.lost(plan, pod).stream())
                        .map(Outcome.class::cast)
                        .findFirst()
                : Optional.empty();
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

    /** The pods of the newest revision speak first, then why there are no more of them, then those that stand in their way. */
    private Outcome.Waiting explain() {
        return trouble(pods(this::isNewest))
                .or(this::refused)
                .or(() -> isEachToBeReplaced() ? trouble(pods(pod -> !isNewest(pod))) : Optional.empty())
                .or(this::leavingOnLostNode)
                .orElseGet(this::rollingOut);
    }

    private Optional<Outcome.Waiting> trouble(Stream<Pod> pods) {
        return pods.filter(pod -> !pod.isMarkedForDeletion())
                .flatMap(pod -> PodTrouble.of(plan, pod, evidence, now).stream())
                .findFirst();
    }

    /** A pod with a name or a node of its own is not replaced by another one that starts beside it. */
    private boolean isEachToBeReplaced() {
        return plan.run() instanceof Run.Stateful || plan.run() instanceof Run.PerNode;
    }

    /** A pod that is told to stop where nobody listens goes on blocking its name and its volumes. */
    private Optional<Outcome.Waiting> leavingOnLostNode() {
        return pods(Pod::isMarkedForDeletion)
                .flatMap(pod -> PodTrouble.lost(plan, pod).stream())
                .findFirst();
    }

    private boolean isNewest(Pod pod) {
        return progress.revision().equals(pod.getMetadata().getLabels().get(Labels.REVISION));
    }

    /** One that has ended for good speaks last: what took its place may have another trouble. */
    private Stream<Pod> pods(Predicate<Pod> wanted) {
        return evidence.pods().stream()
                .filter(pod -> !pod.getMetadata().getLabels().containsKey(ServicePods.STEP))
                .filter(wanted)
                .sorted(Comparator.comparing(
                                (Pod pod) -> "Failed".equals(pod.getStatus().getPhase()))
                        .thenComparing(pod -> pod.getMetadata().getCreationTimestamp())
                        .thenComparing(pod -> pod.getMetadata().getName()));
    }

    private Optional<Outcome.Waiting> refused() {
        return condition("ReplicaFailure", "True")
                .map(DeploymentCondition::getMessage)
                .or(this::warnedOfRefusal)
                .map(new RefusedPods(plan)::explain);
    }

    /** Only a Deployment says so in its status. A refusal that is older than the newest pod is over. */
    private Optional<String> warnedOfRefusal() {
        Instant newestPod = evidence.pods().stream()
                .map(pod -> Instant.parse(pod.getMetadata().getCreationTimestamp()))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        return evidence.warnings()
                .last(progress.uid(), "FailedCreate")
                .filter(warning -> !warning.at().isBefore(newestPod))
                .map(Warning::message);
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
