package dev.ashlar.operator.service.verdict;

import dev.ashlar.crds.Publish;
import dev.ashlar.operator.service.object.ServiceContainer;
import dev.ashlar.operator.service.object.ServiceDeployment;
import dev.ashlar.operator.service.plan.Run;
import dev.ashlar.operator.service.plan.ServicePlan;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long pods that never answered may go on trying. The controller of a Deployment has a deadline for them; a container that ended again and again is given
 * up before it, and for the other two kinds the same deadline is kept here.
 *
 * @param pods of the newest revision
 */
record Attempt(ServicePlan plan, List<Pod> pods, Instant now) {
    /** Once is an accident, twice a coincidence. */
    private static final int ENDS = 3;

    boolean isOver() {
        return pods.stream().flatMap(this::ends).anyMatch(end -> !end.isAfter(now));
    }

    /** When it may be over with nothing to tell of it. */
    Optional<Duration> left() {
        return pods.stream()
                .flatMap(this::ends)
                .filter(end -> end.isAfter(now))
                .min(Comparator.naturalOrder())
                .map(end -> Duration.between(now, end).plusSeconds(1));
    }

    /** Where the former pods stop first, nothing or less answered while the new ones tried. */
    String gap() {
        boolean stops = plan.run() instanceof Run.Stateful
                || plan.run() instanceof Run.PerNode
                || plan.stopsFirst()
                || plan.exposure().uses(Publish.Way.HOST_PORT);
        return stops
                ? " Its former pods stopped for the new ones, so that it answered less or not at all meanwhile."
                : "";
    }

    private Stream<Instant> ends(Pod pod) {
        Instant created = Instant.parse(pod.getMetadata().getCreationTimestamp());
        Stream<Instant> crashes = ServiceContainer.statusIn(pod).stream()
                .filter(Attempt::endsAgainAndAgain)
                .map(container -> created.plus(plan.startWithin()));
        Stream<Instant> deadline = Stream.of(created.plus(ServiceDeployment.progressDeadline(plan)))
                .filter(end -> !(plan.run() instanceof Run.Replicated) && !isReady(pod));
        return Stream.concat(crashes, deadline);
    }

    private static boolean isReady(Pod pod) {
        return ServiceContainer.statusIn(pod)
                .filter(container -> Boolean.TRUE.equals(container.getReady()))
                .isPresent();
    }

    private static boolean endsAgainAndAgain(ContainerStatus container) {
        boolean runs = container.getState() != null && container.getState().getRunning() != null;
        return !Boolean.TRUE.equals(container.getReady()) && container.getRestartCount() + (runs ? 0 : 1) >= ENDS;
    }
}
