package dev.ashlar.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The lease that keeps a second operator waiting: how it is held, and that it is given back at the end. */
@Singleton
final class Leadership {
    private static final String LEASE = "operator";
    private static final Duration DURATION = Duration.ofSeconds(15);
    /** Fabric8 refuses 10 s: it wants more than 2.2 retries. */
    private static final Duration RENEW_WITHIN = Duration.ofSeconds(12);

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final String namespace;
    private final String identity;

    @Inject
    Leadership(
            KubernetesClient client,
            @ConfigProperty(name = "ashlar.namespace", defaultValue = "ashlar-system") String namespace,
            @ConfigProperty(name = "hostname", defaultValue = "operator") String host) {
        this.client = client;
        this.namespace = namespace;
        this.identity = host + "_" + UUID.randomUUID();
    }

    @Produces
    @Singleton
    LeaderElectionConfiguration configuration() {
        return new LeaderElectionConfiguration(LEASE, namespace, DURATION, RENEW_WITHIN, RETRY, identity, null, true);
    }

    /**
     * Gives the lease back, else the next operator would wait 15 s. Then it ends at once: what is in flight is only half of what the next
     * one does again, and the framework's own end calls {@code System.exit} within the shutdown, which never returns.
     */
    void end(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        var lease = client.leases().inNamespace(namespace).withName(LEASE);
        var held = lease.get();
        if (held != null && identity.equals(held.getSpec().getHolderIdentity())) {
            lease.edit(before ->
                    before.edit().editSpec().withHolderIdentity("").endSpec().build());
        }
        Runtime.getRuntime().halt(0);
    }
}
