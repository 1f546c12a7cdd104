package dev.ashlar.operator.service.warning;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the cluster warned of.
 *
 * @param reason the cluster's own name of it, like {@code Unhealthy}
 * @param at when it was last seen
 */
public record Warning(String reason, String message, Instant at) {
    private static final int LONGEST_MESSAGE = 300;

    static Warning of(Event event) {
        String last = Stream.of(
                        event.getLastTimestamp(),
                        event.getSeries() == null || event.getSeries().getLastObservedTime() == null
                                ? null
                                : event.getSeries().getLastObservedTime().getTime(),
                        event.getEventTime() == null
                                ? null
                                : event.getEventTime().getTime())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(event.getMetadata().getCreationTimestamp());
        return new Warning(
                event.getReason() == null ? "" : event.getReason(),
                event.getMessage() == null ? "" : event.getMessage(),
                OffsetDateTime.parse(last).toInstant());
    }

    /** What is kept of a watched Event. */
    static Event trimmed(Event event) {
        var metadata = event.getMetadata();
        return new EventBuilder()
                .withNewMetadata()
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                .withResourceVersion(metadata.getResourceVersion())
                .withCreationTimestamp(metadata.getCreationTimestamp())
                .endMetadata()
                .withNewInvolvedObject()
                .withName(event.getInvolvedObject().getName())
                .withUid(event.getInvolvedObject().getUid())
                .endInvolvedObject()
                .withReason(event.getReason())
                .withMessage(cut(event.getMessage()))
                .withLastTimestamp(event.getLastTimestamp())
                .withEventTime(event.getEventTime())
                .withSeries(event.getSeries())
                .build();
    }

    private static @Nullable String cut(@Nullable String message) {
        return message == null || message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
    }
}
