package dev.ashlar.operator.service;

import dev.ashlar.crds.Schedule;
import dev.ashlar.crds.ServiceSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When a Service's pods run: the one-of of its spec, of which the schema lets at most one member through. */
sealed interface Run {
    /** All the time, as so many pods. */
    record Always(int replicas) implements Run {}

    /** At the times of a cron line in a time zone, one after the other, each for as long as the deadline. */
    record Scheduled(String cron, String timeZone, Duration deadline, int keepFailed, boolean suspended)
            implements Run {}

    /** One time for each revision. */
    record Once(Duration deadline) implements Run {}

    static Run of(ServiceSpec spec) {
        if (spec.schedule() != null) {
            return scheduled(spec.schedule());
        }
        return spec.once() != null ? once(spec.once()) : new Always(spec.replicas() == null ? 1 : spec.replicas());
    }

    private static Run scheduled(Schedule schedule) {
        return new Scheduled(
                schedule.cron(),
                schedule.timeZone() == null ? "Etc/UTC" : schedule.timeZone(),
                deadline(schedule.deadline()),
                schedule.keepFailed() == null ? 3 : schedule.keepFailed(),
                Boolean.TRUE.equals(schedule.suspended()));
    }

    private static Run once(dev.ashlar.crds.Once once) {
        return new Once(deadline(once.deadline()));
    }

    private static Duration deadline(@Nullable String text) {
        return text == null ? Duration.ofHours(1) : Duration.parse("PT" + text);
    }
}
