package dev.ashlar.operator.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.ControlPlaneTrouble;
import dev.ashlar.operator.cluster.LocalOnly;
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
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Everything the operator needs goes away, and it itself as well; a Site serves on, and is as it should be soon after all is back. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChaosIT {
    /** As many as `make test` has time for; {@code -Dkills=100} for all. */
    private static final int KILLS = Integer.getInteger("kills", 3);
    /** {@code -Doutage=60} for a minute. */
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("outage", 10));

    private static final Duration GOAL = Duration.ofSeconds(30);
    private static final int REQUESTS_PER_SECOND = 20;
    private static final int LONGEST_PAUSE_MILLIS = 4000;

    private static final Consumer<Load.Result> NONE_LOST =
            requests -> assertThat(requests.failures()).isEmpty();
    /** While nobody can tell kube-proxy that a pod ends, it is still asked; but most requests are answered. */
    private static final Consumer<Load.Result> SOME_MAY_BE_LOST =
            requests -> assertThat(requests.failures()).hasSizeLessThan(requests.answers());

    private final Random random = new Random();
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
        LocalOnly.assume();
        contents.push();
        site.apply(contents.next());
        site.awaitReady(Duration.ofSeconds(90));
    }

    @Test
    void itsProcessIsKilledAtRandomMomentsOfRolloutsAndRollbacks() {
        List<Duration> converged = new ArrayList<>();
        for (int i = 0; i < KILLS; i += 3) {
            int before = site.revision();
            converged.add(kill(() -> site.apply(contents.next())));
            converged.add(kill(() -> {
                site.rollBack(before);
                contents.turn();
            }));
            converged.add(kill(() -> {
                site.rollBack(null);
                contents.turn();
            }));
        }
        System.out.printf(
                "%d kills: converged within %s%n",
                converged.size(), converged.stream().sorted().toList());
    }

    private Duration kill(Runnable change) {
        var leader = operator.awaitLeader(1);
        return whileServing(
                change,
                () -> {
                    pause(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)));
                    operator.kill(leader);
                },
                NONE_LOST);
    }

    @Test
    void theApiServerAnswersNothing() {
        outage(
                "frozen API server",
                () -> trouble.freeze("apiserver"),
                () -> {},
                () -> {
                    trouble.thaw("apiserver");
                    trouble.up(); // a controller may have given up meanwhile, as one that a supervisor starts again
                },
                SOME_MAY_BE_LOST);
    }

    @Test
    void theApiServerIsKilledAndEveryWatchCloses() {
        var leader = operator.awaitLeader(1);
        outage(
                "killed API server",
                () -> trouble.kill("apiserver"),
                () -> awaitHealth(leader),
                trouble::up,
                SOME_MAY_BE_LOST);
        assertThat(operator.status(operator.awaitLeader(1), "/q/health/ready")).isEqualTo(HttpURLConnection.HTTP_OK);
    }

    @Test
    void etcdIsKilled() {
        outage("killed etcd", () -> trouble.kill("etcd"), () -> {}, trouble::up, SOME_MAY_BE_LOST);
    }

    @Test
    void theApiServerHasNoTimeForTheOperator() {
        outage("429", trouble::tooManyRequests, site::changeDeadline, trouble::enoughTime, NONE_LOST);
    }

    @Test
    void theApiServerFailsAtEveryWriteOfTheOperator() {
        outage("500", trouble::failWrites, site::changeDeadline, trouble::letWrite, NONE_LOST);
    }

    private void outage(String what, Runnable begin, Runnable meanwhile, Runnable end, Consumer<Load.Result> requests) {
        operator.awaitLeader(1);
        Duration converged = whileServing(
                () -> site.apply(contents.next()),
                () -> {
                    begin.run();
                    try {
                        meanwhile.run();
                        pause(OUTAGE);
                    } finally {
                        end.run();
                    }
                },
                requests);
        System.out.printf("%s for %s: converged within %s after it%n", what, OUTAGE, converged);
    }

    /**
     * Has a change begin, and the trouble with it; returns how long after the trouble all is as it should be. No pod has an image that
     * nobody asked for, and nothing is deleted that is still wanted.
     */
    private Duration whileServing(Runnable change, Runnable trouble, Consumer<Load.Result> requests) {
        site.awaitForwarding(GOAL.multipliedBy(10));
        Map<String, String> children = site.children();
        try (Load load = Load.on(site.address(), 8080, REQUESTS_PER_SECOND)) {
            change.run();
            trouble.run();
            Instant over = Instant.now();
            await().atMost(GOAL.multipliedBy(10)).ignoreExceptions().untilAsserted(() -> {
                assertThat(site.images()).isNotEmpty().allMatch(contents::isOneOf);
                site.assertReady();
                assertThat(contents.isExpected(site.digest())).isTrue();
                site.assertDeadline();
            });
            Duration converged = Duration.between(over, Instant.now());
            assertThat(site.children()).isEqualTo(children);
            requests.accept(load.stop());
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
