package dev.ashlar.operator.service.verdict;

import dev.ashlar.operator.kube.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far what makes lasting pods got, whichever of the three kinds it is.
 *
 * @param uid of the workload, which is what is warned of when its pods are refused
 * @param revision the label of the pods that it is to have
 * @param isSeen whether its controller has looked at what was asked for last; before that the numbers mean nothing
 * @param desired how many pods there should be
 * @param updated how many there are of the newest revision
 * @param total how many there are of all revisions
 * @param available how many of all answer
 * @param answered whether all pods of this revision answered before
 * @param conditions what a Deployment's controller says beside the numbers
 */
public record Progress(
        String uid,
        String revision,
        boolean isSeen,
        int desired,
        int updated,
        int total,
        int available,
        boolean answered,
        List<DeploymentCondition> conditions) {

    /** Of a Deployment, StatefulSet or DaemonSet; empty for what ends by itself. */
    public static Optional<Progress> of(HasMetadata workload) {
        return switch (workload) {
            case Deployment deployment -> Optional.of(of(deployment));
            case StatefulSet set -> Optional.of(of(set));
            case DaemonSet set -> Optional.of(of(set));
            default -> Optional.empty();
        };
    }

    /** @param last the revision whose pods all answered last, null when none did */
    public Progress after(@Nullable String last) {
        return new Progress(
                uid, revision, isSeen, desired, updated, total, available, revision.equals(last), conditions);
    }

    boolean isComplete() {
        return isSeen && updated == desired && total == desired && available == desired;
    }

    private static Progress of(Deployment live) {
        DeploymentStatus status = Objects.requireNonNullElseGet(live.getStatus(), DeploymentStatus::new);
        return new Progress(
                uid(live),
                revision(live.getSpec().getTemplate()),
                isSeenOrIdle(
                        live, status.getObservedGeneration(), live.getSpec().getReplicas(), status.getReplicas()),
                number(live.getSpec().getReplicas()),
                number(status.getUpdatedReplicas()),
                number(status.getReplicas()),
                number(status.getAvailableReplicas()),
                false,
                status.getConditions());
    }

    private static Progress of(StatefulSet live) {
        StatefulSetStatus status = Objects.requireNonNullElseGet(live.getStatus(), StatefulSetStatus::new);
        return new Progress(
                uid(live),
                revision(live.getSpec().getTemplate()),
                isSeenOrIdle(
                        live, status.getObservedGeneration(), live.getSpec().getReplicas(), status.getReplicas()),
                number(live.getSpec().getReplicas()),
                number(status.getUpdatedReplicas()),
                number(status.getReplicas()),
                number(status.getAvailableReplicas()),
                false,
                List.of());
    }

    private static Progress of(DaemonSet live) {
        DaemonSetStatus status = Objects.requireNonNullElseGet(live.getStatus(), DaemonSetStatus::new);
        return new Progress(
                uid(live),
                revision(live.getSpec().getTemplate()),
                isSeen(live, status.getObservedGeneration()),
                number(status.getDesiredNumberScheduled()),
                number(status.getUpdatedNumberScheduled()),
                number(status.getCurrentNumberScheduled()),
                number(status.getNumberAvailable()),
                false,
                List.of());
    }

    private static String uid(HasMetadata live) {
        return Objects.requireNonNullElse(live.getMetadata().getUid(), "");
    }

    /** Where no pods are asked for and none are there, nothing is left to be seen. */
    private static boolean isSeenOrIdle(
            HasMetadata live, @Nullable Long observed, @Nullable Integer desired, @Nullable Integer there) {
        return isSeen(live, observed) || number(desired) == 0 && number(there) == 0;
    }

    private static boolean isSeen(HasMetadata live, @Nullable Long observed) {
        return observed != null && observed >= live.getMetadata().getGeneration();
    }

    private static String revision(PodTemplateSpec template) {
        return template.getMetadata().getLabels().getOrDefault(Labels.REVISION, "");
    }

    private static int number(@Nullable Integer number) {
        return number == null ? 0 : number;
    }
}
