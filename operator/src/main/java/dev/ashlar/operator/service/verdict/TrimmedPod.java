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
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is kept of a watched pod: only what explains why it does not answer: at most a kilobyte. */
public final class TrimmedPod {
    private static final int LONGEST_MESSAGE = 300;
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
                .withNewStatus()
                .withPhase(status.getPhase())
                .withConditions(notScheduled(status.getConditions()))
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

    private static List<PodCondition> notScheduled(List<PodCondition> conditions) {
        return conditions.stream()
                .filter(c -> "PodScheduled".equals(c.getType()) && "False".equals(c.getStatus()))
                .map(c -> c.edit().withMessage(cut(c.getMessage())).build())
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
                    .endTerminated();
        }
        return kept.build();
    }

    private static @Nullable String cut(@Nullable String message) {
        return message == null || message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
    }
}
