package dev.ashlar.operator.rollout;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an {@link Observation} out of the status of an object. */
final class StatusReader {
    private StatusReader() {}

    static Observation read(RolloutKind kind, @Nullable GenericKubernetesResource object) {
        if (object == null) {
            return new Observation.Waiting("is not there");
        }
        if (number(object, 0, "status", "observedGeneration")
                < object.getMetadata().getGeneration()) {
            return new Observation.Waiting(
                    kind.isOurs()
                            ? "asked for; if that stays so, see kubectl -n ashlar-system get pods"
                            : "not looked at yet");
        }
        return switch (kind) {
            case SITE, SERVICE -> ours(object);
            case DAEMON_SET ->
                pods(
                        number(object, 0, "status", "desiredNumberScheduled"),
                        number(object, 0, "status", "updatedNumberScheduled"),
                        number(object, 0, "status", "numberAvailable"),
                        0);
            case DEPLOYMENT, STATEFUL_SET ->
                pods(
                        number(object, 1, "spec", "replicas"),
                        number(object, 0, "status", "updatedReplicas"),
                        number(object, 0, "status", "availableReplicas"),
                        number(object, 0, "status", "replicas"));
        };
    }

    private static Observation pods(int wanted, int updated, int available, int all) {
        if (updated < wanted || available < wanted) {
            return new Observation.Waiting("%d of %d pods ready".formatted(Math.min(updated, available), wanted));
        }
        return all > wanted
                ? new Observation.Waiting("%d of the old pods still to end".formatted(all - wanted))
                : new Observation.Ready("ready");
    }

    private static Observation ours(GenericKubernetesResource object) {
        Optional<String> stalled = message(object, "Stalled", "True");
        if (stalled.isPresent()) {
            return new Observation.Failed(stalled.get());
        }
        return message(object, "Ready", "True")
                .<Observation>map(message -> new Observation.Ready("ready"))
                .orElseGet(() -> new Observation.Waiting(
                        message(object, "Ready", "False").orElse("the operator has not judged it yet")));
    }

    private static Optional<String> message(GenericKubernetesResource object, String type, String status) {
        return object.get("status", "conditions") instanceof List<?> conditions
                ? conditions.stream()
                        .filter(each -> each instanceof Map<?, ?> condition
                                && type.equals(condition.get("type"))
                                && status.equals(condition.get("status")))
                        .map(each -> String.valueOf(((Map<?, ?>) each).get("message")))
                        .findFirst()
                : Optional.empty();
    }

    private static int number(GenericKubernetesResource object, int absent, Object... path) {
        return object.get(path) instanceof Number number ? number.intValue() : absent;
    }
}
