package dev.ashlar.operator.service.verdict;

import dev.ashlar.crds.Check;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.service.object.ServiceContainer;
import dev.ashlar.operator.service.object.ServiceProbes;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why one pod does not answer, in one sentence with the remedy. The sentence stays the same while the cause does: no counter, no time, and
 * none of the kubelet's words that change between two attempts.
 */
final class PodTrouble {
    /** How long a container may run without answering before that is worth a word. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How a container ends that is asked to, is made to, or does so by its own signal handler. */
    private static final Set<Integer> MAY_BE_ENDED = Set.of(0, 137, 143);

    private final ServicePlan plan;
    private final Pod pod;

    private PodTrouble(ServicePlan plan, Pod pod) {
        this.plan = plan;
        this.pod = pod;
    }

    static Optional<Outcome.Waiting> of(ServicePlan plan, Pod pod, Instant now) {
        PodTrouble trouble = new PodTrouble(plan, pod);
        return trouble.noRoom()
                .or(() -> pod.getStatus().getContainerStatuses().stream()
                        .filter(container -> ServiceContainer.NAME.equals(container.getName()))
                        .findFirst()
                        .flatMap(container -> trouble.inContainer(container, now)));
    }

    private Optional<Outcome.Waiting> noRoom() {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> "Unschedulable".equals(condition.getReason()))
                .findFirst()
                .map(condition -> because(
                        ServiceReason.NoRoom,
                        "No node has room for a pod of Service %s (%s); lower its spec.resources or add a node."
                                .formatted(plan.name(), condition.getMessage())));
    }

    private Optional<Outcome.Waiting> inContainer(ContainerStatus container, Instant now) {
        if (Boolean.TRUE.equals(container.getReady())) {
            return Optional.empty();
        }
        ContainerState state = container.getState() == null ? new ContainerState() : container.getState();
        Optional<Outcome.Waiting> before = waiting(state.getWaiting());
        if (before.isPresent()) {
            return before;
        }
        ContainerStateTerminated ended = state.getTerminated() != null
                ? state.getTerminated()
                : container.getLastState() == null
                        ? null
                        : container.getLastState().getTerminated();
        if (ended != null) {
            return Optional.of(ended(ended));
        }
        return state.getRunning() == null
                        || Instant.parse(state.getRunning().getStartedAt())
                                .plus(PATIENCE)
                                .isAfter(now)
                ? Optional.empty()
                : Optional.ofNullable(plan.ready()).map(this::silent);
    }

    /** A container that never ran; the reasons are the kubelet's. */
    private Optional<Outcome.Waiting> waiting(@Nullable ContainerStateWaiting waiting) {
        return switch (waiting == null || waiting.getReason() == null ? "" : waiting.getReason()) {
            case "ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName", "ImageInspectError" ->
                Optional.of(noImage());
            case "RunContainerError" -> Optional.of(cannotStart());
            case "CreateContainerConfigError", "CreateContainerError" ->
                Optional.of(because(
                        ServiceReason.ConfigMissing,
                        "The container of Service %s cannot be made (%s); create what is missing or correct the spec."
                                .formatted(plan.name(), waiting == null ? "" : waiting.getMessage())));
            default -> Optional.empty();
        };
    }

    private Outcome.Waiting noImage() {
        return because(
                ServiceReason.ImageUnavailable,
                "Image %s of Service %s is not found in the registry or cannot be pulled; check its digest, or publish it (`ashlar publish` for content, `ashlar image build` for an image of the tree); details: `kubectl -n %s describe pod %s`."
                        .formatted(
                                plan.writtenImage(),
                                plan.name(),
                                plan.namespace(),
                                pod.getMetadata().getName()));
    }

    private Outcome.Waiting cannotStart() {
        return because(
                ServiceReason.Crashing,
                "The container of Service %s cannot start: mostly its command is not a program of the image; correct spec.command; details: `kubectl -n %s describe pod %s`."
                        .formatted(
                                plan.name(), plan.namespace(), pod.getMetadata().getName()));
    }

    private Outcome.Waiting ended(ContainerStateTerminated ended) {
        if ("StartError".equals(ended.getReason()) || "ContainerCannotRun".equals(ended.getReason())) {
            return cannotStart();
        }
        if ("OOMKilled".equals(ended.getReason())) {
            return because(
                    ServiceReason.OutOfMemory,
                    "Service %s needs more memory than its %s; raise spec.resources.memory."
                            .formatted(plan.name(), plan.memory()));
        }
        return because(
                ServiceReason.Crashing,
                "The container of Service %s %s; see why: `kubectl -n %s logs %s --previous`."
                        .formatted(
                                plan.name(),
                                exit(ended.getExitCode(), plan.ready()),
                                plan.namespace(),
                                pod.getMetadata().getName()));
    }

    /** The kubelet ends a container that does not start in time, and only an Event would tell that it did. */
    private String exit(int code, @Nullable Check ready) {
        return ready != null && MAY_BE_ENDED.contains(code)
                ? "ended with exit code %d, by itself or because %s failed for %d s"
                        .formatted(
                                code,
                                ServiceProbes.describe(ready),
                                plan.startWithin().toSeconds())
                : "ended with exit code " + code;
    }

    private Outcome.Waiting silent(Check check) {
        return because(
                ServiceReason.NotReady,
                "Service %s runs but fails its check, %s; see `kubectl -n %s logs %s` or correct spec.health."
                        .formatted(
                                plan.name(),
                                ServiceProbes.describe(check),
                                plan.namespace(),
                                pod.getMetadata().getName()));
    }

    private static Outcome.Waiting because(ServiceReason reason, String message) {
        return new Outcome.Waiting(reason, message);
    }
}
