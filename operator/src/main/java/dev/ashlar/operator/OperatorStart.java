package dev.ashlar.operator;

import dev.ashlar.operator.service.plan.ClusterNetwork;
import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Starts the operator beside Quarkus, which tells the kubelet meanwhile that the pod is alive and not ready: the start waits for an API server
 * that is away. A start that fails, or takes too long once the API server answers, ends the process: the framework would leave it alive and
 * idle.
 */
@Singleton
final class OperatorStart {
    private static final Logger LOG = Logger.getLogger(OperatorStart.class);
    /** The framework itself gives up after two minutes on watches that do not come to be. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private final Operator operator;
    private final Provider<ClusterNetwork> network;

    @Inject
    OperatorStart(Operator operator, Provider<ClusterNetwork> network) {
        this.operator = operator;
        this.network = network;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("start").start(this::run);
    }

    private void run() {
        try {
            network.get();
            Thread start = Thread.currentThread();
            Thread.ofPlatform().daemon().name("start-watch").start(() -> watch(start));
            operator.start();
        } catch (RuntimeException | Error e) {
            LOG.error("the operator cannot start, and ends", e);
            Quarkus.asyncExit(1);
        }
    }

    private static void watch(Thread start) {
        try {
            if (!start.join(PATIENCE)) {
                LOG.errorf("the operator's start takes longer than %s, and ends; it was at%n%s", PATIENCE, where());
                Quarkus.asyncExit(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where each thread is. */
    private static String where() {
        return Thread.getAllStackTraces().entrySet().stream()
                .map(thread -> thread.getKey().getName() + ": " + Arrays.toString(thread.getValue()))
                .sorted()
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
