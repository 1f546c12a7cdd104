package dev.ashlar.operator.service.verdict;

import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.service.plan.Run;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** When a schedule's next run is to have started at the latest. The cluster's controller passes over a time that it missed in silence. */
public final class NextRun {
    private NextRun() {}

    /** Empty where none is to come. */
    public static Optional<Instant> latest(Run.Scheduled run, CronJob live, Collection<Job> jobs) {
        return run.suspended()
                ? Optional.empty()
                : run.times()
                        .flatMap(times -> times.after(newestTrace(live, jobs)))
                        .map(time -> time.plusSeconds(
                                Objects.requireNonNullElse(live.getSpec().getStartingDeadlineSeconds(), 0L)));
    }

    /** Times before the last run, or before the schedule as it now stands, do not count any more. */
    private static Instant newestTrace(CronJob live, Collection<Job> jobs) {
        Stream<String> ours = live.getMetadata().getManagedFields().stream()
                .filter(entry -> Labels.MANAGER.equals(entry.getManager()))
                .map(ManagedFieldsEntry::getTime);
        Stream<String> started = jobs.stream().map(job -> job.getMetadata().getCreationTimestamp());
        String last = live.getStatus() == null ? null : live.getStatus().getLastScheduleTime();
        return Stream.of(ours, started, Stream.of(live.getMetadata().getCreationTimestamp()), Stream.ofNullable(last))
                .flatMap(times -> times)
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
