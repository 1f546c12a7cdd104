package dev.ashlar.operator.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.LocalOnly;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two operators, of which one leads. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeadershipIT {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TAKEOVER = Duration.ofSeconds(20);
    private static final int BY_THE_LEADER = 35;
    private static final int BY_THE_OTHER = 20;

    private final OperatorPods operator;
    private final TestSite site;

    LeadershipIT(KubernetesClient client, @TestNamespace String namespace) {
        this.operator = new OperatorPods(client);
        this.site = new TestSite(client, namespace, "led");
    }

    @BeforeAll
    void startTwo() {
        LocalOnly.assume();
        site.apply("first");
        site.awaitReady(Duration.ofSeconds(60));
        operator.scale(2);
        operator.awaitLeader(2);
    }

    @AfterAll
    void leaveOne() {
        operator.scale(1);
        operator.awaitLeader(1);
    }

    @Test
    void askLittleWhileNothingHappens() throws Exception {
        awaitNoNamespaceInDeletion();
        Pod leader = operator.awaitLeader(2);
        Pod other = other(leader);
        Instant start = await().pollDelay(Duration.ofSeconds(5)).until(Instant::now, now -> true);

        await().pollDelay(MINUTE.plusSeconds(1)).atMost(MINUTE.multipliedBy(2)).until(() -> true);

        var byLeader = PodRequests.of(leader).within(start, MINUTE);
        var byOther = PodRequests.of(other).within(start, MINUTE);
        System.out.printf(
                "requests in an idle minute: %d by the leader, %d by the other%n", byLeader.size(), byOther.size());
        assertThat(byLeader).contains("get leases", "patch leases").hasSizeLessThanOrEqualTo(BY_THE_LEADER);
        assertThat(byOther).contains("get leases").hasSizeLessThanOrEqualTo(BY_THE_OTHER);
    }

    /** Those of the tests before this one are taken apart, which the operator has to do with. */
    private void awaitNoNamespaceInDeletion() {
        await().atMost(MINUTE.multipliedBy(3))
                .until(() -> operator.client().namespaces().list().getItems().stream()
                        .noneMatch(Namespace::isMarkedForDeletion));
    }

    @Test
    void anotherTakesOverFromTheOneThatWasKilledAndLosesNothing() {
        Pod leader = operator.awaitLeader(2);

        operator.kill(leader);
        Instant killed = Instant.now();
        site.apply("second");
        site.changeDeadline();
        site.awaitReady(TAKEOVER.multipliedBy(10));
        site.awaitDeadline(TAKEOVER.multipliedBy(10));

        System.out.printf(
                "converged %d ms after the leader was killed%n",
                Duration.between(killed, Instant.now()).toMillis());
        assertThat(operator.leader())
                .hasValueSatisfying(now -> assertThat(now.getMetadata().getUid())
                        .isNotEqualTo(leader.getMetadata().getUid()));
    }

    private Pod other(Pod leader) {
        return operator.all().stream()
                .filter(pod ->
                        !pod.getMetadata().getUid().equals(leader.getMetadata().getUid()))
                .findFirst()
                .orElseThrow();
    }
}
