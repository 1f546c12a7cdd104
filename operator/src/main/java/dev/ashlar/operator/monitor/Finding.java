package dev.ashlar.operator.monitor;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Stage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the probes of one Site found.
 *
 * @param told what is said of the Site; null before the first answer or the second failure
 * @param failingSince the first of the failures that no answer came after
 */
record Finding(@Nullable Outcome told, @Nullable Instant failingSince) {
    /** What the operator before this one told, which may be of an earlier spec. */
    static Finding before(Site site) {
        return Optional.ofNullable(site.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), Stage.REACHABLE))
                .map(Finding::of)
                .orElseGet(() -> new Finding(null, null));
    }

    private static Finding of(Condition told) {
        return switch (told.status()) {
            case "True" -> new Finding(new Outcome.Done(told.message()), null);
            case "False" -> new Finding(unreachable(told.message()), Instant.parse(told.lastTransitionTime()));
            default -> new Finding(null, null);
        };
    }

    /** After one more probe. One failure alone is not told; what was told of several stays until there is an answer. */
    Finding after(Optional<String> failure, Site site, Instant now) {
        if (failure.isEmpty()) {
            return new Finding(new Outcome.Done(site.getStatus().url() + " answers."), null);
        }
        if (failingSince == null) {
            return new Finding(told, now);
        }
        return told instanceof Outcome.Stalled
                ? this
                : new Finding(unreachable(sentence(site, failure.get(), failingSince)), failingSince);
    }

    private static String sentence(Site site, String failure, Instant since) {
        return "%s %s since %s; see why: `kubectl -n %s logs -l ashlar.dev/site=%s --prefix`, or the gateway's pod: `kubectl -n ashlar-system get pods`."
                .formatted(
                        site.getStatus().url(),
                        failure,
                        since.truncatedTo(ChronoUnit.SECONDS),
                        site.getMetadata().getNamespace(),
                        site.getMetadata().getName());
    }

    /** Such a condition is False and not Unknown. */
    private static Outcome unreachable(String message) {
        return new Outcome.Stalled(MonitorReason.Unreachable, message);
    }
}
