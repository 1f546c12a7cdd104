package dev.ashlar.operator.status;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Content;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.ServiceStatus;
import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One Site or Service as the table shows it.
 *
 * @param ready True, False, or Unknown while the operator has not judged this generation
 * @param image the image of the content or the workload, empty when it has none
 */
record Entry(
        String kind,
        String namespace,
        String name,
        String ready,
        String message,
        String url,
        String image,
        Instant created) {

    static Entry of(Site site) {
        SiteStatus status = site.getStatus();
        Content content = site.getSpec().content();
        Verdict verdict =
                Verdict.of(site.getMetadata(), status == null ? null : status.observedGeneration(), conditions(status));
        return new Entry(
                "Site",
                site.getMetadata().getNamespace(),
                site.getMetadata().getName(),
                verdict.ready(),
                verdict.message(),
                status == null || status.url() == null ? "" : status.url(),
                content == null ? "" : content.image(),
                created(site.getMetadata()));
    }

    static Entry of(Service service) {
        ServiceStatus status = service.getStatus();
        Verdict verdict = Verdict.of(
                service.getMetadata(),
                status == null ? null : status.observedGeneration(),
                status == null ? List.of() : status.conditions());
        return new Entry(
                "Service",
                service.getMetadata().getNamespace(),
                service.getMetadata().getName(),
                verdict.ready(),
                verdict.message(),
                "",
                service.getSpec().image(),
                created(service.getMetadata()));
    }

    static List<Condition> conditions(@Nullable SiteStatus status) {
        return status == null ? List.of() : status.conditions();
    }

    private static Instant created(ObjectMeta metadata) {
        return Instant.parse(metadata.getCreationTimestamp());
    }

    /** What the Ready condition says, if it speaks of the present generation. */
    private record Verdict(String ready, String message) {
        static Verdict of(ObjectMeta metadata, @Nullable Long observed, List<Condition> conditions) {
            if (observed == null || observed < metadata.getGeneration()) {
                return new Verdict("Unknown", "asked for");
            }
            return conditions.stream()
                    .filter(condition -> condition.type().equals("Ready"))
                    .map(condition -> new Verdict(condition.status(), condition.message()))
                    .findFirst()
                    .orElse(new Verdict("Unknown", "the operator has not judged it yet"));
        }
    }
}
