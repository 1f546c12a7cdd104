package dev.ashlar.operator.kube;

import dev.ashlar.crds.Condition;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Tells people of changes: one log line whenever Ready changes, and an Event when trouble starts, changes or ends. */
final class Transitions {
    private static final Logger LOG = Logger.getLogger(Transitions.class);

    private final KubernetesClient client;
    private final Clock clock;

    Transitions(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    void report(HasMetadata resource, List<Condition> before, List<Condition> after) {
        Optional<Condition> old = Conditions.find(before, Conditions.READY);
        Condition ready = Conditions.find(after, Conditions.READY).orElseThrow();
        if (old.filter(o -> o.status().equals(ready.status()) && o.reason().equals(ready.reason()))
                .isPresent()) {
            return;
        }
        LOG.infof(
                "kind=%s namespace=%s name=%s generation=%d ready=%s reason=%s message=\"%s\"",
                resource.getKind(),
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                ready.observedGeneration(),
                ready.status(),
                ready.reason(),
                ready.message().replace("\\", "\\\\").replace("\"", "\\\""));
        boolean trouble = isTrouble(ready);
        if (trouble || old.filter(Transitions::isTrouble).isPresent()) {
            emit(resource, trouble ? "Warning" : "Normal", ready);
        }
    }

    /** A normal rollout is not worth an Event: the conditions tell of it. */
    private static boolean isTrouble(Condition ready) {
        return ready.status().equals("False") && !ready.reason().equals(Reason.ROLLING_OUT);
    }

    private void emit(HasMetadata resource, String type, Condition ready) {
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
                .withReason(ready.reason())
                .withMessage(ready.message()
                        .substring(0, Math.min(1000, ready.message().length())))
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
