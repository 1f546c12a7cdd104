package dev.ashlar.operator;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells the kubelet how the watches are, which everything else is driven by. One that is cut off makes the pod not ready, since a new start
 * would help nothing; one that has given up for good makes it start again, as does a clock that was put back.
 */
final class OperatorHealth {
    private static final String WATCHES = "watches";

    @Produces
    @Singleton
    @Readiness
    HealthCheck ready(Operator operator) {
        return () -> isStarted(operator)
                ? all(operator, watch -> watch.isRunning() && watch.hasSynced() && watch.isWatching())
                : HealthCheckResponse.down(WATCHES);
    }

    @Produces
    @Singleton
    @Liveness
    HealthCheck alive(Operator operator) {
        return () -> isStarted(operator)
                ? all(operator, InformerHealthIndicator::isRunning)
                : HealthCheckResponse.up(WATCHES);
    }

    @Produces
    @Singleton
    @Liveness
    HealthCheck clock(Clock clock) {
        var jump = ClockJump.since(clock, System::nanoTime);
        return () -> HealthCheckResponse.named("clock").status(!jump.back()).build();
    }

    /** Before that there are no watches to be asked; {@link OperatorStart} sees to it that the start ends. */
    private static boolean isStarted(Operator operator) {
        return operator.getRuntimeInfo().isStarted();
    }

    private static HealthCheckResponse all(Operator operator, Predicate<InformerHealthIndicator> isWell) {
        List<String> broken = operator.getRegisteredControllers().stream()
                .flatMap(controller ->
                        controller.getControllerHealthInfo().informerEventSourceHealthIndicators().entrySet().stream())
                .filter(source -> !source.getValue().informerHealthIndicators().values().stream()
                        .allMatch(isWell))
                .map(source -> source.getKey())
                .sorted()
                .toList();
        return HealthCheckResponse.named(WATCHES)
                .withData("broken", String.join(", ", broken))
                .status(broken.isEmpty())
                .build();
    }
}
