package dev.ashlar.operator.service.verdict;

import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.service.object.ServicePods;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is kept of a watched pod: only what explains why it does not answer: at most a kilobyte. */
public final class TrimmedPod {
    private static final int LONGEST_MESSAGE = 300;
    /** The beginning says what was tried, the end what came of it. */
    private static final int KEPT_END = 180;

    private static final Set<String> KEPT_CONDITIONS = Set.of("Ready", "ContainersReady", PodTrouble.PREPARED);
    private static final Set<String> KEPT_LABELS =
            Set.of(Labels.OWNER, Labels.REVISION, ServicePods.STEP, FailedRun.JOB_NAME);

    private TrimmedPod() {}

    public static Pod of(Pod pod) {
        var metadata = pod.getMetadata();
        var status = pod.getStatus() == null ? new PodStatusBuilder().build() : pod.getStatus();
        return new PodBuilder()
                .withNewMetadata()
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .withCreationTimestamp(metadata.getCreationTimestamp())
                .withDeletionTimestamp(metadata.getDeletionTimestamp())
                .withLabels(ours(metadata.getLabels()))
                .endMetadata()
                .withNewSpec()
                .withNodeName(pod.getSpec() == null ? null : pod.getSpec().getNodeName())
                .endSpec()
                .withNewStatus()
                .withPhase(status.getPhase())
                .withReason(status.getReason())
                .withMessage(cut(status.getMessage()))
                .withConditions(conditions(status.getConditions()))
                .withContainerStatuses(status.getContainerStatuses().stream()
                        .map(TrimmedPod::container)
                        .toList())
                .endStatus()
                .build();
    }

    private static Map<String, String> ours(Map<String, String> labels) {
        return labels.entrySet().stream()
                .filter(label -> KEPT_LABELS.contains(label.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** That it has no place, how far it got, and whether it and its containers are ready: where these two differ, its node is lost. */
    private static List<PodCondition> conditions(List<PodCondition> conditions) {
        return conditions.stream()
                .filter(c -> KEPT_CONDITIONS.contains(c.getType())
                        || ("PodScheduled".equals(c.getType()) && "False".equals(c.getStatus())))
                .map(c -> new PodConditionBuilder()
                        .withType(c.getType())
                        .withStatus(c.getStatus())
                        .withReason(KEPT_CONDITIONS.contains(c.getType()) ? null : c.getReason())
                        .withMessage(KEPT_CONDITIONS.contains(c.getType()) ? null : cut(c.getMessage()))
                        .build())
                .toList();
    }

    private static ContainerStatus container(ContainerStatus status) {
        return new ContainerStatusBuilder()
                .withName(status.getName())
                .withReady(status.getReady())
                .withRestartCount(status.getRestartCount())
                .withState(state(status.getState()))
                .withLastState(state(status.getLastState()))
                .build();
    }

    private static @Nullable ContainerState state(@Nullable ContainerState state) {
        if (state == null) {
            return null;
        }
        var kept = new ContainerStateBuilder();
        if (state.getWaiting() != null) {
            kept.withNewWaiting(
                    cut(state.getWaiting().getMessage()), state.getWaiting().getReason());
        }
        if (state.getRunning() != null) {
            kept.withNewRunning(state.getRunning().getStartedAt());
        }
        if (state.getTerminated() != null) {
            kept.withNewTerminated()
                    .withExitCode(state.getTerminated().getExitCode())
                    .withReason(state.getTerminated().getReason())
                    .withStartedAt(state.getTerminated().getStartedAt())
                    .withFinishedAt(state.getTerminated().getFinishedAt())
                    .endTerminated();
        }
        return kept.build();
    }

    private static @Nullable String cut(@Nullable String message) {
        return message == null || message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, LONGEST_MESSAGE - KEPT_END - 1) + "…"
                        + message.substring(message.length() - KEPT_END);
    }
}
