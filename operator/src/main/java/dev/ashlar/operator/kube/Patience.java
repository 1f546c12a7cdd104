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

/** How long a status that only says "on its way" is not worth a write; until then the older generation that it speaks of says as much. */
public enum Patience {
    /** Most changes are done within seconds. */
    SHORT(Duration.ofSeconds(3)),
    /** What is waited for tells of itself, and then there is more to say. */
    LONG(Duration.ofMinutes(1));

    private final Duration enough;

    Patience(Duration enough) {
        this.enough = enough;
    }

    /**
     * How long it is still too early to tell, if it is.
     *
     * @param told the generation that the last status speaks of
     */
    Optional<Duration> left(HasMetadata resource, List<Stage> stages, Optional<Long> told, Clock clock) {
        ObjectMeta metadata = resource.getMetadata();
        boolean isNews = told.isEmpty() || told.get() < metadata.getGeneration();
        if (!isNews
                || !(Stage.verdict(stages) instanceof Outcome.Waiting waiting)
                || !Reason.isOnTheWay(waiting.reason().name())) {
            return Optional.empty();
        }
        Duration since = Duration.between(lastWritten(metadata), clock.instant());
        return since.isNegative() || since.compareTo(enough) >= 0 ? Optional.empty() : Optional.of(enough.minus(since));
    }

    /** The status aside. The server notes who set what, and when. */
    private static Instant lastWritten(ObjectMeta metadata) {
        return Stream.concat(
                        Stream.of(metadata.getCreationTimestamp()),
                        metadata.getManagedFields().stream()
                                .filter(entry -> !"status".equals(entry.getSubresource()))
                                .flatMap(entry -> Stream.ofNullable(entry.getTime())))
                .map(Instant::parse)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
