package dev.ashlar.operator;

import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the operator's parts are given: a clock, and the lease that keeps a second operator waiting. */
final class OperatorBeans {
    private static final Duration LEASE = Duration.ofSeconds(15);
    /** Fabric8 refuses 10 s: it wants more than 2.2 retries. */
    private static final Duration RENEW_WITHIN = Duration.ofSeconds(12);

    private static final Duration RETRY = Duration.ofSeconds(5);

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    LeaderElectionConfiguration leaderElection(
            @ConfigProperty(name = "ashlar.namespace", defaultValue = "ashlar-system") String namespace) {
        return new LeaderElectionConfiguration("operator", namespace, LEASE, RENEW_WITHIN, RETRY);
    }
}
