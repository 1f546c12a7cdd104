package dev.ashlar.operator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Once;
import dev.ashlar.crds.Schedule;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.ServiceSpec;
import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.connection.ClusterRegistry;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.validation.Kubectl;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Services that end by themselves, against the operator that the cluster runs; nginx is a program that does so when asked for its version. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> WELL = List.of("-v");
    private static final List<String> BADLY = List.of("-t", "-c", "/nowhere");
    private static final String NEVER = "0 0 31 2 *";

    private final KubernetesClient client;
    private final String namespace;
    private String nginx = "";

    RunIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @BeforeAll
    void pushTheProgram() throws IOException {
        var image = Images.open(Checkout.find()).image("nginx");
        try (ClusterRegistry registry = ClusterRegistry.open(client)) {
            registry.push(image);
        }
        nginx = "nginx@" + image.digest();
    }

    @Test
    void runsOnceAndAnewWhenItsSpecChanges() {
        apply("import", WELL, null, new Once(null));
        awaitReady("import", "True", "The run ended well.");
        String first = onlyJob("import").getMetadata().getName();

        apply("import", BADLY, null, new Once(null));
        awaitReady(
                "import",
                "False",
                "ended with exit code 1 in its run; see why: `kubectl -n " + namespace + " logs job/");
        assertThat(ready("import").map(Condition::reason)).contains("RunFailed");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(onlyJob("import").getMetadata().getName()).isNotEqualTo(first));
    }

    @Test
    void runsAgainWhenItsJobIsDeleted() {
        apply("again", WELL, null, new Once("10m"));
        awaitReady("again", "True", "The run ended well.");
        Job first = onlyJob("again");

        client.resource(first).delete();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(jobs("again"))
                        .hasSize(1)
                        .noneSatisfy(job -> assertThat(job.getMetadata().getUid())
                                .isEqualTo(first.getMetadata().getUid())));
        awaitReady("again", "True", "The run ended well.");
    }

    @Test
    void saysHowTheLastRunOfAScheduleEnded() throws Exception {
        apply("nightly", BADLY, schedule(null), null);
        awaitReady("nightly", "True", "No run has ended yet; the times are 0 0 31 2 * in Europe/Berlin.");

        start("nightly", "first");
        awaitReady(
                "nightly",
                "False",
                "exit code 1 in its last run; see why: `kubectl -n " + namespace + " logs job/first`.");

        apply("nightly", WELL, schedule(null), null);
        await().atMost(PATIENCE)
                .until(() -> WELL.equals(cronJob("nightly")
                        .getSpec()
                        .getJobTemplate()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getArgs()));
        start("nightly", "second");
        awaitReady("nightly", "True", "The last run ended well.");
    }

    @Test
    void endsARunAtItsDeadline() throws Exception {
        apply("slow", List.of("-g", "daemon off;"), schedule("1s"), null);
        awaitReady("slow", "True", "No run has ended yet");
        start("slow", "endless");
        awaitReady("slow", "False", "was not done by its deadline, 1 s, and its last run was ended (Job endless)");
    }

    @Test
    void becomesAnotherKindOfWorkloadAndLeavesNothingBehind() {
        apply("turncoat", WELL, schedule(null), null);
        awaitReady("turncoat", "True", "No run has ended yet");
        apply("turncoat", List.of(), null, null);
        awaitReady("turncoat", "True", "1 pod answers.");
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
        apply("lost", WELL, new Schedule(NEVER, "Europe/Atlantis", null, null, null), null);
        awaitReady("lost", "False", "Europe/Atlantis");
        assertThat(ready("lost").map(Condition::reason)).contains("Refused");
    }

    private static Schedule schedule(@Nullable String deadline) {
        return new Schedule(NEVER, "Europe/Berlin", deadline, null, null);
    }

    /** As a person starts a run of a schedule by hand. */
    private void start(String name, String job) throws IOException, InterruptedException {
        Kubectl.find().run("", List.of("-n", namespace, "create", "job", job, "--from=cronjob/" + name));
    }

    private void apply(String name, List<String> args, @Nullable Schedule schedule, @Nullable Once once) {
        Service service = new Service();
        service.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
        service.setSpec(new ServiceSpec(
                nginx, List.of(), args, null, null, null, schedule, once, List.of(), List.of(), null, List.of(),
                List.of(), List.of(), null, null, null, List.of()));
        client.resource(service).forceConflicts().serverSideApply();
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

    private void awaitReady(String name, String status, String message) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ready(name)).hasValueSatisfying(ready -> {
                    assertThat(ready.message()).contains(message);
                    assertThat(ready.status()).isEqualTo(status);
                }));
    }

    /** Ready of what was applied last. */
    private Optional<Condition> ready(String name) {
        Service service = client.resources(Service.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
        return Optional.ofNullable(service.getStatus())
                .filter(status -> service.getMetadata().getGeneration().equals(status.observedGeneration()))
                .flatMap(status -> Conditions.find(status.conditions(), Conditions.READY));
    }
}
