package dev.ashlar.operator.service.plan;

import dev.ashlar.crds.Schedule;
import dev.ashlar.crds.ServiceSpec;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** When and where a Service's pods run: the one-of of its spec, of which the schema lets at most one member through. */
public sealed interface Run {
    /** Pods that go on until they are told to stop. */
    sealed interface Lasting extends Run {}

    /** So many pods, each as good as the other. */
    record Replicated(int replicas) implements Lasting {}

    /** So many pods with a name and volumes of their own. */
    record Stateful(int replicas) implements Lasting {}

    /** One pod on each node that has the labels, on those of the control plane too if so. */
    record PerNode(boolean controlPlane, Map<String, String> nodes) implements Lasting {}

    /**
     * At the times of a cron line in a time zone, one after the other, each for as long as the deadline.
     *
     * @param startWithin how late a run may start
     */
    record Scheduled(
            String cron, String timeZone, Duration deadline, Duration startWithin, int keepFailed, boolean suspended)
            implements Run {
        /** Empty where only the cluster knows the time zone. */
        public Optional<CronTimes> times() {
            try {
                return Optional.of(CronTimes.of(cron, ZoneId.of(timeZone, ZoneId.SHORT_IDS)));
            } catch (DateTimeException unknown) {
                return Optional.empty();
            }
        }
    }

    /** One time for each revision. */
    record Once(Duration deadline) implements Run {}

    static Run of(ServiceSpec spec) {
        if (spec.schedule() != null) {
            return scheduled(spec.schedule());
        }
        if (spec.once() != null) {
            return new Once(hourOr(spec.once().deadline()));
        }
        if (spec.perNode() != null) {
            return new PerNode(
                    Boolean.TRUE.equals(spec.perNode().controlPlane()),
                    new TreeMap<>(spec.perNode().nodes()));
        }
        int replicas = spec.replicas() == null ? 1 : spec.replicas();
        return Boolean.TRUE.equals(spec.stateful()) ? new Stateful(replicas) : new Replicated(replicas);
    }

    private static Run scheduled(Schedule schedule) {
        return new Scheduled(
                schedule.cron(),
                schedule.timeZone() == null ? "Etc/UTC" : schedule.timeZone(),
                hourOr(schedule.deadline()),
                hourOr(schedule.startWithin()),
                schedule.keepFailed() == null ? 3 : schedule.keepFailed(),
                Boolean.TRUE.equals(schedule.suspended()));
    }

    /** {@code 90s} or {@code 10m}, as the schema writes durations; an hour where it is absent. */
    static Duration hourOr(@Nullable String text) {
        return text == null ? Duration.ofHours(1) : Duration.parse("PT" + text);
    }
}
