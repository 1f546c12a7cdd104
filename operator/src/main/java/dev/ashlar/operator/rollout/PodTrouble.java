package dev.ashlar.operator.rollout;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Why the newest pod of a workload does not run, with the next step. */
final class PodTrouble {
    private static final Set<String> NORMAL = Set.of("ContainerCreating", "PodInitializing");

    private PodTrouble() {}

    static Optional<String> of(List<Pod> pods) {
        return pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .max(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
                .flatMap(PodTrouble::of);
    }

    private static Optional<String> of(Pod pod) {
        Stream<String> unscheduled = pod.getStatus().getConditions().stream()
                .filter(each -> each.getType().equals("PodScheduled")
                        && each.getStatus().equals("False"))
                .map(each ->
                        "no node takes pod %s: %s".formatted(pod.getMetadata().getName(), each.getMessage()));
        Stream<String> containers = Stream.concat(
                        pod.getStatus().getInitContainerStatuses().stream(),
                        pod.getStatus().getContainerStatuses().stream())
                .flatMap(status -> container(pod, status).stream());
        return Stream.concat(unscheduled, containers).findFirst();
    }

    private static Optional<String> container(Pod pod, ContainerStatus status) {
        ContainerState state = status.getState();
        ContainerState last = status.getLastState();
        if (last != null && last.getTerminated() != null && !Boolean.TRUE.equals(status.getReady())) {
            return Optional.of("container %s ended with exit code %d; see kubectl -n %s logs %s -p"
                    .formatted(
                            status.getName(),
                            last.getTerminated().getExitCode(),
                            pod.getMetadata().getNamespace(),
                            pod.getMetadata().getName()));
        }
        if (state == null || state.getWaiting() == null || state.getWaiting().getReason() == null) {
            return Optional.empty();
        }
        String reason = state.getWaiting().getReason();
        return NORMAL.contains(reason)
                ? Optional.empty()
                : Optional.of("container %s is waiting, %s: %s; see kubectl -n %s describe pod %s"
                        .formatted(
                                status.getName(),
                                reason,
                                state.getWaiting().getMessage(),
                                pod.getMetadata().getNamespace(),
                                pod.getMetadata().getName()));
    }
}
