package dev.ashlar.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a status that only says "on its way" is worth a write: most changes are done within seconds, and until then the older generation
 * that the status speaks of says as much.
 */
final class Patience {
    private static final Duration ENOUGH = Duration.ofSeconds(3);

    private Patience() {}

    /** How long it is still too early to tell, if it is. */
    static Optional<Duration> left(HasMetadata resource, List<Stage> stages, Optional<Long> told, Clock clock) {
        ObjectMeta metadata = resource.getMetadata();
        boolean isNews = told.isEmpty() || told.get() < metadata.getGeneration();
        if (!isNews
                || !(Stage.verdict(stages) instanceof Outcome.Waiting waiting)
                || !waiting.reason().isOnTheWay()) {
            return Optional.empty();
        }
        Duration since = Duration.between(askedFor(metadata), clock.instant());
        return since.isNegative() || since.compareTo(ENOUGH) >= 0 ? Optional.empty() : Optional.of(ENOUGH.minus(since));
    }

    /** When the spec was last changed: the server notes who set what, and when. */
    private static Instant askedFor(ObjectMeta metadata) {
        return Stream.concat(
                        Stream.of(metadata.getCreationTimestamp()),
                        metadata.getManagedFields().stream()
                                .filter(entry -> entry.getSubresource() == null)
                                .flatMap(entry -> Stream.ofNullable(entry.getTime())))
                .map(Instant::parse)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
