package dev.ashlar.operator.service.verdict;

import dev.ashlar.crds.Check;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.service.object.ServiceProbes;
import dev.ashlar.operator.service.plan.ServicePlan;
import dev.ashlar.operator.service.warning.Warnings;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why the container of a pod does not answer. */
record ContainerTrouble(ServicePlan plan, Pod pod, ContainerStatus container, Warnings warnings) {
    /** How a container ends that is asked to, is made to, or does so by its own signal handler. */
    private static final Set<Integer> MAY_BE_ENDED = Set.of(0, 137, 143);
    /** How the runtime ends when the kernel does not take the program; some programs end so too. */
    private static final int NOT_EXECUTED = 255;

    /** Another one for each attempt. */
    private static final Pattern CONTAINER_ID = Pattern.compile(" ?\"?[0-9a-f]{64}\"?");

    private static final Duration TIME_TO_STOP = Duration.ofMinutes(1);

    Optional<Outcome.Waiting> explain(Instant now) {
        if (Boolean.TRUE.equals(container.getReady())) {
            return Optional.empty();
        }
        ContainerState state = container.getState() == null ? new ContainerState() : container.getState();
        return Optional.ofNullable(state.getWaiting())
                .flatMap(this::waiting)
                .or(() -> Optional.ofNullable(end(state)).map(this::ended))
                .or(() ->
                        isSilent(state, now) ? Optional.ofNullable(plan.ready()).map(this::silent) : Optional.empty());
    }

    private @Nullable ContainerStateTerminated end(ContainerState state) {
        if (state.getTerminated() != null) {
            return state.getTerminated();
        }
        return container.getLastState() == null
                ? null
                : container.getLastState().getTerminated();
    }

    private static boolean isSilent(ContainerState state, Instant now) {
        return state.getRunning() != null
                && !Instant.parse(state.getRunning().getStartedAt())
                        .plus(PodTrouble.PATIENCE)
                        .isAfter(now);
    }

    /** A container that never ran; the reasons are the kubelet's. */
    private Optional<Outcome.Waiting> waiting(ContainerStateWaiting waiting) {
        return switch (Objects.requireNonNullElse(waiting.getReason(), "")) {
            case "ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName", "ImageInspectError" ->
                Optional.of(PullTrouble.explain(plan, pod, waiting.getMessage()));
            case "RunContainerError" -> Optional.of(cannotStart());
            case "CreateContainerConfigError", "CreateContainerError" ->
                Optional.of(notMade(Objects.requireNonNullElse(waiting.getMessage(), "")));
            default -> Optional.empty();
        };
    }

    /** @param message the runtime's */
    private Outcome.Waiting notMade(String message) {
        return message.contains("no command specified")
                ? because(
                        ServiceReason.CannotStart,
                        "The image of Service %s names no program to start; name one in spec.command.",
                        plan.name())
                : because(
                        ServiceReason.CannotStart,
                        "The container of Service %s cannot be made (%s); create what is missing or correct the spec.",
                        plan.name(),
                        CONTAINER_ID.matcher(message).replaceAll(""));
    }

    private Outcome.Waiting cannotStart() {
        return because(
                ServiceReason.CannotStart,
                "The container of Service %s cannot start: mostly its command is not a program of the image; correct spec.command; details: `kubectl -n %s describe pod %s`.",
                plan.name(),
                plan.namespace(),
                name());
    }

    private Outcome.Waiting ended(ContainerStateTerminated ended) {
        if ("StartError".equals(ended.getReason()) || "ContainerCannotRun".equals(ended.getReason())) {
            return cannotStart();
        }
        if ("OOMKilled".equals(ended.getReason())) {
            return because(
                    ServiceReason.OutOfMemory,
                    "Service %s needs more memory than its %s; raise spec.resources.memory.",
                    plan.name(),
                    plan.memory());
        }
        return failedCheck(ended).orElseGet(() -> crashed(ended.getExitCode()));
    }

    private Outcome.Waiting crashed(int code) {
        return because(
                ServiceReason.Crashing,
                "The container of Service %s ended with exit code %d; see why: `kubectl -n %s logs %s --previous`%s.",
                plan.name(),
                code,
                plan.namespace(),
                name(),
                code == NOT_EXECUTED
                        ? " (an `exec format error` there means that the program is made for another processor)"
                        : "");
    }

    /** The kubelet ends a container that fails its checks for too long; it warns of each failure. */
    private Optional<Outcome.Waiting> failedCheck(ContainerStateTerminated ended) {
        if (!MAY_BE_ENDED.contains(ended.getExitCode())) {
            return Optional.empty();
        }
        return Optional.ofNullable(plan.live())
                .flatMap(check -> endedFor("Liveness", check, "correct spec.health.live"))
                .or(() -> Optional.ofNullable(plan.ready())
                        .filter(check -> isEndOfStart(ended))
                        .flatMap(check -> endedFor(
                                "Startup",
                                check,
                                "correct spec.health, or give it longer in spec.health.startWithin")));
    }

    private Optional<Outcome.Waiting> endedFor(String probe, Check check, String remedy) {
        return failed(probe, check)
                .map(answer -> because(
                        ServiceReason.NotReady,
                        "Service %s is restarted, since it fails its check, %s%s; see `kubectl -n %s logs %s --previous`, or %s.",
                        plan.name(),
                        ServiceProbes.describe(check),
                        answer,
                        plan.namespace(),
                        name(),
                        remedy));
    }

    private Outcome.Waiting silent(Check check) {
        return because(
                ServiceReason.NotReady,
                "Service %s runs but fails its check, %s%s; see `kubectl -n %s logs %s` or correct spec.health.",
                plan.name(),
                ServiceProbes.describe(check),
                failed("Readiness", check).or(() -> failed("Startup", check)).orElse(""),
                plan.namespace(),
                name());
    }

    /** What the check met, for the sentence; empty when it never failed. */
    private Optional<String> failed(String probe, Check check) {
        return warnings.of(pod.getMetadata().getUid()).stream()
                .filter(warning -> warning.reason().equals("Unhealthy")
                        && warning.message().contains(probe + " probe"))
                .max((one, other) -> one.at().compareTo(other.at()))
                .map(warning -> ProbeAnswer.in(warning.message(), check)
                        .map(answer -> ": " + answer)
                        .orElse(""));
    }

    /** The check is asked each second and may take two; then comes the time to stop. */
    private boolean isEndOfStart(ContainerStateTerminated ended) {
        if (ended.getStartedAt() == null || ended.getFinishedAt() == null) {
            return false;
        }
        Duration ran = Duration.between(Instant.parse(ended.getStartedAt()), Instant.parse(ended.getFinishedAt()));
        return ran.compareTo(plan.startWithin()) >= 0
                && ran.compareTo(plan.startWithin().multipliedBy(3).plus(TIME_TO_STOP)) <= 0;
    }

    private String name() {
        return pod.getMetadata().getName();
    }

    private static Outcome.Waiting because(ServiceReason reason, String sentence, @Nullable Object... words) {
        return new Outcome.Waiting(reason, sentence.formatted(words));
    }
}
