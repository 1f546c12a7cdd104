package dev.ashlar.operator;

import dev.ashlar.operator.monitor.Monitor;
import dev.ashlar.operator.route.Publisher;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The lease that keeps a second operator waiting: how it is held, and that it is given back at the end. It is held by the pod's name: a
 * container that is started again in the same pod goes on at once.
 */
@Singleton
final class Leadership {
    private static final String LEASE = "operator";
    /** With the wait of the one that stands by, at most RETRY * 2.2, it takes over within 20 s of the last renewal. */
    private static final Duration DURATION = Duration.ofSeconds(10);
    /** Fabric8 wants more than 2.2 retries. */
    private static final Duration RENEW_WITHIN = Duration.ofSeconds(9);
    /** A read and a write each time: 30 requests a minute. */
    private static final Duration RETRY = Duration.ofSeconds(4);

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final String namespace;
    private final String identity;
    private final Publisher publisher;
    private final Monitor monitor;

    @Inject
    Leadership(
            KubernetesClient client,
            Publisher publisher,
            Monitor monitor,
            @ConfigProperty(name = "ashlar.namespace", defaultValue = "ashlar-system") String namespace,
            @ConfigProperty(name = "hostname", defaultValue = "operator") String host) {
        this.client = client;
        this.publisher = publisher;
        this.monitor = monitor;
        this.namespace = namespace;
        this.identity = host;
    }

    @Produces
    @Singleton
    LeaderElectionConfiguration configuration() {
        return new LeaderElectionConfiguration(
                LEASE,
                namespace,
                DURATION,
                RENEW_WITHIN,
                RETRY,
                identity,
                new LeaderCallbacks(this::lead, () -> {}, leader -> {}),
                true);
    }

    private void lead() {
        publisher.start();
        monitor.start();
    }

    /**
     * Gives the lease back, else the next operator would wait until it runs out, but only if the API server answers soon. Then it ends at
     * once: what is in flight is only half of what the next one does again, and the framework's own end calls {@code System.exit} within the
     * shutdown, which never returns.
     */
    void end(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event)
            throws InterruptedException {
        Thread.ofVirtual().start(this::giveBack).join(FAREWELL);
        Runtime.getRuntime().halt(Math.max(0, ApplicationLifecycleManager.getExitCode()));
    }

    private void giveBack() {
        var lease = client.leases().inNamespace(namespace).withName(LEASE);
        var held = lease.get();
        if (held != null && identity.equals(held.getSpec().getHolderIdentity())) {
            lease.edit(before ->
                    before.edit().editSpec().withHolderIdentity("").endSpec().build());
        }
    }
}
