package dev.ashlar.operator.service.verdict;

import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.service.object.ServiceContainer;
import dev.ashlar.operator.service.object.ServiceVolumes;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why one pod does not answer, in one sentence with the remedy. The sentence stays the same while the cause does: no counter, no time, and
 * none of the kubelet's words that change between two attempts.
 */
final class PodTrouble {
    /** How long a pod may take for what takes a moment before that is worth a word. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The condition of a pod whose volumes are mounted and whose network is there. */
    static final String PREPARED = "PodReadyToStartContainers";

    private static final Pattern VOLUME_FULL = Pattern.compile("EmptyDir volume \"([^\"]+)\" exceeds the limit");
    /** Of the pod or of one of its containers. */
    private static final Pattern LIMIT_PASSED =
            Pattern.compile("(?:total limit of containers|local ephemeral storage limit) \"?(\\w+)");

    /** When it ended the pod, and when it would not have it. */
    private static final Pattern NODE_LOW =
            Pattern.compile("node (?:was low on resource: |had condition: \\[)([\\w-]+)");

    private static final Pattern VOLUME = Pattern.compile("volume \"([^\"]+)\"");

    private final ServicePlan plan;
    private final Pod pod;
    private final Evidence evidence;
    private final Instant now;

    private PodTrouble(ServicePlan plan, Pod pod, Evidence evidence, Instant now) {
        this.plan = plan;
        this.pod = pod;
        this.evidence = evidence;
        this.now = now;
    }

    static Optional<Outcome.Waiting> of(ServicePlan plan, Pod pod, Evidence evidence, Instant now) {
        PodTrouble trouble = new PodTrouble(plan, pod, evidence, now);
        return lost(plan, pod)
                .or(() -> evicted(plan, pod))
                .or(trouble::noPlace)
                .or(trouble::inContainer)
                .or(trouble::beforeContainer);
    }

    /** The kubelet says both conditions in one breath; a pod that is not ready while its containers are was marked when its node fell silent. */
    static Optional<Outcome.Waiting> lost(ServicePlan plan, Pod pod) {
        return has(pod, "Ready", "False") && has(pod, "ContainersReady", "True")
                ? Optional.of(new Outcome.Waiting(
                        ServiceReason.NodeLost,
                        "Pod %s of Service %s is on node %s, which does not answer; start that node again, or give it up: `kubectl delete node %3$s`."
                                .formatted(
                                        pod.getMetadata().getName(),
                                        plan.name(),
                                        pod.getSpec().getNodeName())))
                : Optional.empty();
    }

    /** What a node ends of itself. */
    static Optional<Outcome.Waiting> evicted(ServicePlan plan, Pod pod) {
        if (!"Evicted".equals(pod.getStatus().getReason())) {
            return Optional.empty();
        }
        String message = Objects.requireNonNullElse(pod.getStatus().getMessage(), "");
        Matcher full = VOLUME_FULL.matcher(message);
        if (full.find()) {
            return because(
                    ServiceReason.DiskFull,
                    "Service %s wrote more into its folder %s than that holds, and the pod was ended; raise its size in spec.volumes (a folder /tmp of its own gets one there), or let it write less.",
                    plan.name(),
                    folder(plan, full.group(1)));
        }
        Matcher passed = LIMIT_PASSED.matcher(message);
        if (passed.find()) {
            return because(
                    ServiceReason.DiskFull,
                    "Service %s wrote more than %s into its folders and its log, a limit of its namespace, and the pod was ended; raise that limit, or let it write less: `kubectl -n %s describe limitranges`.",
                    plan.name(),
                    passed.group(1),
                    plan.namespace());
        }
        Matcher low = NODE_LOW.matcher(message);
        return because(
                ServiceReason.Evicted,
                "Node %s was short of %s and ended a pod of Service %s; free some there, or add a node: `kubectl describe node %1$s`.",
                pod.getSpec().getNodeName(),
                low.find() ? low.group(1).replace("Pressure", "").toLowerCase(Locale.ROOT) : "room",
                plan.name());
    }

    /** The folder behind a volume of the pod, as the spec calls it. */
    private static String folder(ServicePlan plan, String volume) {
        return plan.volumes().stream()
                .filter(written -> volume.equals(ServiceVolumes.name(written)))
                .findFirst()
                .map(written -> written.mountPath())
                .orElse("/tmp");
    }

    private Optional<Outcome.Waiting> noPlace() {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> "Unschedulable".equals(condition.getReason()))
                .findFirst()
                .map(condition -> new Unschedulable(plan, evidence).explain(condition.getMessage()));
    }

    private Optional<Outcome.Waiting> inContainer() {
        return ServiceContainer.statusIn(pod)
                .flatMap(container -> new ContainerTrouble(plan, pod, container, evidence.warnings()).explain(now));
    }

    /** Neither a claim that is being made nor a mount that is tried again is trouble at once. */
    private Optional<Outcome.Waiting> beforeContainer() {
        boolean isNew = Instant.parse(pod.getMetadata().getCreationTimestamp())
                .plus(PATIENCE)
                .isAfter(now);
        if (isNew || !"Pending".equals(pod.getStatus().getPhase())) {
            return Optional.empty();
        }
        return has(pod, PREPARED, "True")
                ? Optional.empty()
                : ClaimTrouble.of(plan, evidence).or(this::notMounted).or(this::noSandbox);
    }

    private Optional<Outcome.Waiting> notMounted() {
        return evidence.warnings()
                .last(pod.getMetadata().getUid(), "FailedMount", "FailedAttachVolume")
                .flatMap(warning -> {
                    Matcher volume = VOLUME.matcher(warning.message());
                    return because(
                            ServiceReason.VolumeUnavailable,
                            "Node %s cannot mount %s for Service %s; see why: `kubectl -n %s describe pod %s`.",
                            pod.getSpec().getNodeName(),
                            volume.find() ? "volume " + volume.group(1) : "a volume",
                            plan.name(),
                            plan.namespace(),
                            pod.getMetadata().getName());
                });
    }

    private Optional<Outcome.Waiting> noSandbox() {
        return evidence.warnings()
                .last(pod.getMetadata().getUid(), "FailedCreatePodSandBox")
                .flatMap(warning -> because(
                        ServiceReason.CannotStart,
                        "Node %s cannot start a pod of Service %s, for a reason of its own (network or container runtime); see it: `kubectl -n %s describe pod %s`.",
                        pod.getSpec().getNodeName(),
                        plan.name(),
                        plan.namespace(),
                        pod.getMetadata().getName()));
    }

    private static boolean has(Pod pod, String type, String status) {
        return pod.getStatus().getConditions().stream()
                .filter((PodCondition condition) -> type.equals(condition.getType()))
                .anyMatch(condition -> status.equals(condition.getStatus()));
    }

    private static Optional<Outcome.Waiting> because(ServiceReason reason, String sentence, Object... words) {
        return Optional.of(new Outcome.Waiting(reason, sentence.formatted(words)));
    }
}
