package dev.ashlar.operator.service;

import static dev.ashlar.operator.service.TestServices.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.crds.Condition;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Services that end by themselves, against the operator that the cluster runs; nginx is a program that does so when asked for its version. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunIT {
    private static final String WELL = "[-v]";
    private static final String BADLY = "[-t, -c, /nowhere]";
    private static final String NEVER = "0 0 31 2 *";

    private final KubernetesClient client;
    private final String namespace;
    private final TestServices services;
    private String nginx = "";

    RunIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
        this.services = new TestServices(client, namespace);
    }

    @BeforeAll
    void pushTheProgram() throws IOException {
        nginx = services.push("nginx");
    }

    @Test
    void runsOnceAndAnewWhenItsSpecChanges() {
        apply("import", WELL, "once: {}");
        services.awaitReady("import", "True", "The run ended well.");
        String first = onlyJob("import").getMetadata().getName();

        apply("import", BADLY, "once: {}");
        services.awaitReady(
                "import",
                "False",
                "ended with exit code 1 in its run; see why: `kubectl -n " + namespace + " logs job/");
        assertThat(services.ready("import").map(Condition::reason)).contains("RunFailed");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(onlyJob("import").getMetadata().getName()).isNotEqualTo(first));
    }

    @Test
    void runsAgainWhenItsJobIsDeleted() {
        apply("again", WELL, "once: {deadline: 10m}");
        services.awaitReady("again", "True", "The run ended well.");
        Job first = onlyJob("again");

        client.resource(first).delete();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(jobs("again"))
                        .hasSize(1)
                        .noneSatisfy(job -> assertThat(job.getMetadata().getUid())
                                .isEqualTo(first.getMetadata().getUid())));
        services.awaitReady("again", "True", "The run ended well.");
    }

    @Test
    void saysHowTheLastRunOfAScheduleEnded() {
        apply("nightly", BADLY, schedule("1h"));
        services.awaitReady("nightly", "True", "No run has ended yet; the times are 0 0 31 2 * in Europe/Berlin.");

        start("nightly", "first");
        services.awaitReady(
                "nightly",
                "False",
                "exit code 1 in its last run; see why: `kubectl -n " + namespace + " logs job/first`.");

        apply("nightly", WELL, schedule("1h"));
        await().atMost(PATIENCE)
                .until(() -> List.of("-v")
                        .equals(cronJob("nightly")
                                .getSpec()
                                .getJobTemplate()
                                .getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .getFirst()
                                .getArgs()));
        start("nightly", "second");
        services.awaitReady("nightly", "True", "The last run ended well.");
    }

    @Test
    void endsARunAtItsDeadline() {
        apply("slow", "[]", schedule("1s"));
        services.awaitReady("slow", "True", "No run has ended yet");
        start("slow", "endless");
        services.awaitReady(
                "slow", "False", "was not done by its deadline, 1 s, and its last run was ended (Job endless)");
    }

    @Test
    void namesATimeThatPassedWhileARunWentOn() {
        apply("crowded", "[]", "schedule: {cron: \"* * * * *\", startWithin: 10s}");
        services.awaitReady(
                Duration.ofMinutes(3), // one for a run to start, one for the next one's time
                "crowded",
                "False",
                "missed a run: the cluster was away at its time and for 10s after (spec.schedule.startWithin), or the run before took too long; make up for it: `kubectl -n "
                        + namespace + " create job --from=cronjob/crowded NAME`; the next runs as usual.");
        assertThat(services.ready("crowded").map(Condition::reason)).contains("RunMissed");
    }

    @Test
    void becomesAnotherKindOfWorkloadAndLeavesNothingBehind() {
        apply("turncoat", WELL, schedule("1h"));
        services.awaitReady("turncoat", "True", "No run has ended yet");
        apply("turncoat", "[]", "");
        services.awaitReady("turncoat", "True", "1 pod answers.");
        await().atMost(PATIENCE)
                .until(() -> client.batch()
                                .v1()
                                .cronjobs()
                                .inNamespace(namespace)
                                .withName("turncoat")
                                .get()
                        == null);
    }

    @Test
    void namesATimeZoneThatIsNone() {
        apply("lost", WELL, "schedule: {cron: \"%s\", timeZone: Europe/Atlantis}".formatted(NEVER));
        services.awaitReady("lost", "False", "Europe/Atlantis");
        assertThat(services.ready("lost").map(Condition::reason)).contains("Refused");
    }

    private static String schedule(String deadline) {
        return "schedule: {cron: \"%s\", timeZone: Europe/Berlin, deadline: %s}".formatted(NEVER, deadline);
    }

    /** As a person starts a run of a schedule by hand. */
    private void start(String name, String job) {
        services.kubectl("", "create", "job", job, "--from=cronjob/" + name);
    }

    private void apply(String name, String args, String run) {
        services.apply(name, "image: %s\nargs: %s\n%s".formatted(nginx, args, run));
    }

    private CronJob cronJob(String name) {
        return client.batch()
                .v1()
                .cronjobs()
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    private Job onlyJob(String service) {
        assertThat(jobs(service)).hasSize(1);
        return jobs(service).getFirst();
    }

    private List<Job> jobs(String service) {
        return client
                .batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withLabel("ashlar.dev/owner", service)
                .list()
                .getItems()
                .stream()
                .filter(job -> !job.isMarkedForDeletion())
                .toList();
    }
}
