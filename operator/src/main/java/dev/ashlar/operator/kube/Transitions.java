package dev.ashlar.operator.kube;

import dev.ashlar.crds.Condition;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Tells people of changes: one log line whenever Ready changes, or a stage that is only told of, and an Event when trouble starts, changes or ends. */
final class Transitions {
    private static final Logger LOG = Logger.getLogger(Transitions.class);

    private final KubernetesClient client;
    private final Clock clock;

    Transitions(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    void report(HasMetadata resource, List<Condition> before, List<Condition> after) {
        Condition ready = Conditions.find(after, Conditions.READY).orElseThrow();
        boolean resumed = isSuspended(before) && !isSuspended(after);
        for (Condition now : after) {
            Optional<Condition> old = Conditions.find(before, now.type()).filter(condition -> !resumed);
            if (now.type().equals(Conditions.READY)
                    || now.type().equals(Suspension.SUSPENDED)
                    || isOfItsOwn(now, ready)
                    || old.filter(o -> isOfItsOwn(o, before)).isPresent()) {
                report(resource, old, now);
            }
        }
    }

    private void report(HasMetadata resource, Optional<Condition> old, Condition now) {
        if (old.filter(o -> o.status().equals(now.status()) && o.reason().equals(now.reason()))
                .isPresent()) {
            return;
        }
        LOG.infof(
                "kind=%s namespace=%s name=%s generation=%d %s=%s reason=%s message=\"%s\"",
                resource.getKind(),
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                now.observedGeneration(),
                now.type().toLowerCase(Locale.ROOT),
                now.status(),
                now.reason(),
                now.message().replace("\\", "\\\\").replace("\"", "\\\""));
        Metrics.counter(
                        "ashlar.transitions",
                        "kind",
                        resource.getKind(),
                        "condition",
                        now.type(),
                        "status",
                        now.status(),
                        "reason",
                        now.reason())
                .increment();
        boolean trouble = isTrouble(now);
        boolean over =
                old.filter(Transitions::isTrouble).isPresent() && !now.status().equals("Unknown");
        if (trouble || over) {
            emit(resource, trouble ? "Warning" : "Normal", now);
        }
    }

    private static boolean isSuspended(List<Condition> conditions) {
        return Conditions.find(conditions, Suspension.SUSPENDED).isPresent();
    }

    /** A stage that is only told of is false for a reason that is not Ready's. */
    private static boolean isOfItsOwn(Condition condition, Condition ready) {
        return condition.status().equals("False") && !condition.reason().equals(ready.reason());
    }

    private static boolean isOfItsOwn(Condition condition, List<Condition> all) {
        return Conditions.find(all, Conditions.READY)
                .filter(ready -> isOfItsOwn(condition, ready))
                .isPresent();
    }

    /** A normal rollout is not worth an Event: the conditions tell of it. */
    private static boolean isTrouble(Condition condition) {
        return condition.status().equals("False") && !Reason.isOnTheWay(condition.reason());
    }

    private void emit(HasMetadata resource, String type, Condition told) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var metadata = resource.getMetadata();
        var event = new EventBuilder()
                .withNewMetadata()
                .withGenerateName(metadata.getName() + ".")
                .withNamespace(metadata.getNamespace())
                .endMetadata()
                .withInvolvedObject(new ObjectReferenceBuilder()
                        .withApiVersion(resource.getApiVersion())
                        .withKind(resource.getKind())
                        .withNamespace(metadata.getNamespace())
                        .withName(metadata.getName())
                        .withUid(metadata.getUid())
                        .build())
                .withType(type)
                .withReason(told.reason())
                .withMessage(told.message()
                        .substring(0, Math.min(1000, told.message().length())))
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .withNewSource()
                .withComponent(Labels.MANAGER)
                .endSource()
                .withReportingComponent(Labels.MANAGER)
                .build();
        try {
            client.resource(event).create();
            Writes.EVENT.count(resource, event.getKind());
        } catch (KubernetesClientException e) {
            if (Refusal.isNamespaceGoing(e)) {
                return;
            }
            LOG.warnf(
                    "kind=Event namespace=%s name=%s not written: HTTP %d",
                    metadata.getNamespace(), metadata.getName(), e.getCode());
        }
    }
}
