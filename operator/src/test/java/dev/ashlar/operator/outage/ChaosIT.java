package dev.ashlar.operator.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.ControlPlaneTrouble;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.service.Load;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Everything the operator needs goes away, and it itself as well; a Site serves on, and is as it should be soon after all is back. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChaosIT {
    /** As many as `make test` has time for; {@code -Dashlar.kills=100} for all. */
    private static final int KILLS = Integer.getInteger("ashlar.kills", 4);
    /** {@code -Dashlar.outage=60} for a minute. */
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("ashlar.outage", 10));

    private static final Duration GOAL = Duration.ofSeconds(30);
    private static final int REQUESTS_PER_SECOND = 20;
    private static final int LONGEST_PAUSE_MILLIS = 4000;

    private final OperatorPods operator;
    private final ControlPlaneTrouble trouble;
    private final TestSite site;
    private final TestContents contents;

    ChaosIT(KubernetesClient client, @TestNamespace String namespace) {
        this.operator = new OperatorPods(client);
        this.trouble = new ControlPlaneTrouble(client);
        this.site = new TestSite(client, namespace, "steady");
        this.contents = new TestContents(client);
    }

    @BeforeAll
    void bringASiteUp() throws IOException {
        ControlPlaneTrouble.onlyHere();
        contents.push();
        site.apply(contents.next());
        site.awaitReady(Duration.ofSeconds(90));
    }

    @Test
    void itsProcessIsKilledAtRandomMomentsOfRollouts() throws InterruptedException {
        Random random = new Random();
        List<Duration> converged = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            var leader = operator.awaitLeader(1);
            converged.add(whileServing(() -> {
                pause(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)));
                operator.killAndForget(leader);
            }));
        }
        System.out.printf(
                "%d kills: converged within %s%n",
                KILLS, converged.stream().sorted().toList());
    }

    @Test
    void theApiServerAnswersNothing() throws InterruptedException {
        outage("frozen API server", () -> trouble.freeze("apiserver"), () -> {}, () -> trouble.thaw("apiserver"));
    }

    @Test
    void theApiServerIsKilledAndEveryWatchCloses() throws InterruptedException {
        var leader = operator.awaitLeader(1);
        outage("killed API server", () -> trouble.kill("apiserver"), () -> awaitHealth(leader), trouble::up);
        assertThat(operator.status(operator.awaitLeader(1), "/q/health/ready")).isEqualTo(200);
    }

    @Test
    void etcdIsKilled() throws InterruptedException {
        outage("killed etcd", () -> trouble.kill("etcd"), () -> {}, trouble::up);
    }

    @Test
    void theApiServerHasNoTimeForTheOperator() throws InterruptedException {
        outage("429", trouble::tooManyRequests, site::changeDeadline, trouble::enoughTime);
    }

    @Test
    void theApiServerFailsAtEveryWriteOfTheOperator() throws InterruptedException {
        outage("500", trouble::failWrites, site::changeDeadline, trouble::letWrite);
    }

    private void outage(String what, Runnable begin, Runnable meanwhile, Runnable end) throws InterruptedException {
        operator.awaitLeader(1);
        Duration converged = whileServing(() -> {
            begin.run();
            try {
                meanwhile.run();
                pause(OUTAGE);
            } finally {
                end.run();
            }
        });
        System.out.printf("%s for %s: converged within %s after it%n", what, OUTAGE, converged);
    }

    /**
     * Has a rollout begin, and the trouble with it; returns how long after the trouble all is as it should be. Meanwhile each request is
     * answered, no pod has an image that nobody asked for, and nothing is deleted that is still wanted.
     */
    private Duration whileServing(Runnable trouble) throws InterruptedException {
        Map<String, String> children = site.children();
        try (Load load = Load.on(site.address(), 8080, REQUESTS_PER_SECOND)) {
            site.apply(contents.next());
            trouble.run();
            Instant over = Instant.now();
            await().atMost(GOAL.multipliedBy(10)).ignoreExceptions().untilAsserted(() -> {
                assertThat(site.images()).isNotEmpty().allMatch(contents::isOneOf);
                site.assertReady();
                assertThat(contents.isNewest(site.digest())).isTrue();
                site.assertDeadline();
            });
            Duration converged = Duration.between(over, Instant.now());
            assertThat(site.children()).isEqualTo(children);
            assertThat(load.stop().failures()).isEmpty();
            return converged;
        }
    }

    /** Whoever is cut off from the API server is not ready, and need not be started again. */
    private void awaitHealth(Pod pod) {
        await().atMost(GOAL.multipliedBy(10))
                .until(() -> operator.status(pod, "/q/health/ready") == HttpURLConnection.HTTP_UNAVAILABLE);
        assertThat(operator.status(pod, "/q/health/live")).isEqualTo(HttpURLConnection.HTTP_OK);
    }

    private static void pause(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
    }
}
