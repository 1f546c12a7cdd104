package dev.ashlar.operator.service;

import static dev.ashlar.operator.service.TestServices.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.crds.Condition;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every kind of workload, against the operator that the cluster runs; nginx listens on 8080, or ends when asked for its version. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkloadIT {
    private static final String LISTENS = "ports: [{name: http, port: 8080}]\n";

    private final KubernetesClient client;
    private final String namespace;
    private final TestServices services;
    private String nginx = "";

    WorkloadIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
        this.services = new TestServices(client, namespace);
    }

    @BeforeAll
    void pushTheProgram() throws IOException {
        nginx = "image: " + services.push("nginx") + "\n";
    }

    @Test
    void aStatefulServiceHasNamesAndVolumesOfItsOwnAndGetsMoreOfThem() {
        String spec = nginx + LISTENS + "stateful: true\nreplicas: 2\n";
        services.apply("db", spec + "volumes: [{name: data, mountPath: /data, size: 16Mi}]");
        services.awaitReady("db", "True", "2 pods answer.");
        assertThat(services.pods("db")).containsExactly("db-0", "db-1");
        assertThat(claims("db")).containsExactlyInAnyOrder("volume-data-db-0", "volume-data-db-1");

        services.kubectl("", "scale", "asvc", "db", "--replicas=1");
        services.awaitReady("db", "True", "1 pod answers.");
        services.apply(
                "db",
                nginx + LISTENS + "stateful: true\nreplicas: 1\n"
                        + "volumes: [{name: data, mountPath: /data, size: 16Mi}, {name: log, mountPath: /log, size: 16Mi}]");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(claims("db")).contains("volume-log-db-0"));
        services.awaitReady("db", "True", "1 pod answers.");
        assertThat(services.pods("db")).containsExactly("db-0");
    }

    @Test
    void anAgentRunsOnEachNodeThatHasItsLabels() {
        services.apply("agent", nginx + "perNode: {controlPlane: true}\npriority: high");
        services.apply("lonely", nginx + "perNode: {nodes: {ashlar.dev/no-such-label: \"yes\"}}");

        services.awaitReady("agent", "True", "on");
        assertThat(services.pods("agent"))
                .hasSize(client.nodes().list().getItems().size());
        services.awaitReady(
                "lonely",
                "False",
                "No node has the labels that Service lonely asks for; label one: `kubectl label node NAME ashlar.dev/no-such-label=yes`.");
    }

    @Test
    void aVolumeStaysUnlessItIsToGoAndIsTakenAgain() {
        String spec = nginx + LISTENS
                + "volumes: [{name: kept, mountPath: /kept, size: 16Mi}, {name: gone, mountPath: /gone, size: 16Mi, delete: true}]";
        services.apply("files", spec);
        services.awaitReady("files", "True", "it stops before the next revision starts, since it keeps a volume.");
        String kept = uid("files-kept");

        services.kubectl("", "delete", "asvc", "files");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(claims("files")).containsExactly("files-kept"));

        services.apply("files", spec);
        services.awaitReady("files", "True", "1 pod answers");
        assertThat(uid("files-kept")).isEqualTo(kept);
    }

    @Test
    void aVolumeThatCannotGrowServesOn() {
        services.apply("grows", nginx + LISTENS + "volumes: [{name: data, mountPath: /data, size: 16Mi}]");
        services.awaitReady("grows", "True", "1 pod answers");

        services.apply("grows", nginx + LISTENS + "volumes: [{name: data, mountPath: /data, size: 32Mi}]");

        services.awaitReady("grows", "True", "1 pod answers");
        assertThat(applied("grows")).contains("volume grows-data stays at 16Mi, since its storage cannot grow it now.");
    }

    @Test
    void stepsRunOnceForEachRevisionAndAFailedOneLeavesTheFormerServing() {
        services.apply("api", nginx + LISTENS + "before: [{name: first, args: [-v]}, {name: second, args: [-v]}]");
        services.awaitReady("api", "True", "1 pod answers.");
        assertThat(jobs("api")).hasSize(2);
        List<String> serving = services.pods("api");

        services.apply(
                "api",
                nginx + LISTENS
                        + "before: [{name: first, args: [-t, -c, /nowhere]}]\nargs: []\nenv: [{name: A, value: b}]");
        services.awaitReady("api", "False", "ended with exit code 1 in its step first");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(services.ready("api").map(Condition::reason)).contains("RevisionFailed"));
        assertThat(services.pods("api")).isEqualTo(serving);

        services.apply("api", nginx + LISTENS + "before: [{name: first, args: [-v]}]\nenv: [{name: A, value: b}]");
        services.awaitReady("api", "True", "1 pod answers.");
        assertThat(services.pods("api")).doesNotContainAnyElementsOf(serving);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(jobs("api")).hasSize(1));
    }

    @Test
    void saysWhereItMayNotKnowSecretsAndStartsAndRollsByThemWhereItMay() {
        services.apply(
                "needy",
                nginx + LISTENS + "env: [{name: TOKEN, secret: {name: needy, key: token}}]\n"
                        + "files: [{path: /run/secrets/token, secret: {name: needy, key: token}, mode: \"0400\"}]");
        services.awaitReady("needy", "False", "let it: `ashlar namespace " + namespace + "`.");
        assertThat(services.ready("needy").map(Condition::reason)).contains("NoAccessToSecrets");

        services.kubectl(
                "",
                "create",
                "rolebinding",
                "ashlar-secrets",
                "--clusterrole=ashlar-secrets",
                "--serviceaccount=ashlar-system:operator");
        services.kubectl("", "label", "rolebinding", "ashlar-secrets", "ashlar.dev/secrets=read");
        services.awaitReady("needy", "False", "Service needy waits for Secret needy; create it");

        services.kubectl("", "create", "secret", "generic", "needy", "--from-literal=other=x");
        services.awaitReady("needy", "False", "Secret needy has no key token, which Service needy uses; add it");

        services.kubectl("", "patch", "secret", "needy", "-p", "{\"stringData\":{\"token\":\"a\"}}");
        services.awaitReady("needy", "True", "1 pod answers.");
        List<String> first = services.pods("needy");
        assertThat(first).hasSize(1);

        services.kubectl("", "patch", "secret", "needy", "-p", "{\"stringData\":{\"token\":\"b\"}}");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(services.pods("needy")).hasSize(1).isNotEqualTo(first));
        services.awaitReady("needy", "True", "1 pod answers.");
    }

    @Test
    void aTeamIsOnEverythingThatIsMadeAndFollowsItsChange() {
        String spec = nginx + LISTENS + "replicas: 2\nfiles: [{path: /etc/x, content: x}]";
        services.applyLabelled("owned", "{ashlar.dev/team: web}", spec);
        services.awaitReady("owned", "True", "2 pods answer.");
        assertThat(teams("owned")).containsOnly("web");

        services.kubectl("", "label", "--overwrite", "asvc", "owned", "ashlar.dev/team=ops");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(teams("owned")).containsOnly("ops"));
    }

    @Test
    void aPublishedPortAnswersOutsideTheCluster() throws Exception {
        services.apply("outside", nginx + "ports: [{name: http, port: 8080, publish: {port: 18081}}]");
        services.apply("everywhere", nginx + "ports: [{name: http, port: 8080, publish: {port: 31081, by: nodePort}}]");
        services.awaitReady("outside", "True", "1 pod answers.");
        services.awaitReady("everywhere", "True", "1 pod answers.");

        String node = client.nodes().list().getItems().getFirst().getStatus().getAddresses().stream()
                .filter(address -> address.getType().equals("InternalIP"))
                .findFirst()
                .orElseThrow()
                .getAddress();
        for (int port : new int[] {18081, 31081}) {
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class) // kube-proxy writes the port's rules a moment later
                    .untilAsserted(() -> assertThat(status(node, port)).isEqualTo(404));
        }
    }

    @Test
    void deletingWhatAnotherNamesIsAnsweredWithAWarning() {
        services.apply("named", nginx + "replicas: 0");
        services.apply("naming", nginx + "replicas: 0\naccess: {to: [{service: named}, {service: nobody}]}");
        services.awaitReady("naming", "True", "Scaled to zero.");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(services.get("named").getStatus().usedBy()).containsExactly("naming"));
        assertThat(applied("naming")).contains("spec.access names Service nobody, which is not there.");

        assertThat(services.kubectl("", "delete", "asvc", "named"))
                .contains("Warning")
                .contains("service named is named in the access of naming");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(applied("naming")).contains("spec.access names Service named, which is not there."));
    }

    @Test
    void scalingToZeroIsReadyAndTheExceptionsShow() {
        services.apply(
                "odd", nginx + "replicas: 1\nallow: [{what: user, value: 1000, reason: upstream writes as uid 1000}]");
        services.awaitReady("odd", "True", "1 pod answers.");
        services.kubectl("", "scale", "asvc", "odd", "--replicas=0");

        services.awaitReady("odd", "True", "Scaled to zero.");
        assertThat(services.get("odd").getStatus().exceptions())
                .containsExactly("user 1000: upstream writes as uid 1000");
    }

    private static int status(String host, int port) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://%s:%d/".formatted(host, port)))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private String applied(String service) {
        return services.get(service).getStatus().conditions().stream()
                .filter(condition -> condition.type().equals("Applied"))
                .map(Condition::message)
                .collect(Collectors.joining());
    }

    private List<String> claims(String service) {
        return client
                .persistentVolumeClaims()
                .inNamespace(namespace)
                .withLabel("ashlar.dev/owner", service)
                .list()
                .getItems()
                .stream()
                .map(claim -> claim.getMetadata().getName())
                .toList();
    }

    private String uid(String claim) {
        return client.resources(PersistentVolumeClaim.class)
                .inNamespace(namespace)
                .withName(claim)
                .require()
                .getMetadata()
                .getUid();
    }

    private List<Job> jobs(String service) {
        return client
                .resources(Job.class)
                .inNamespace(namespace)
                .withLabel("ashlar.dev/owner", service)
                .list()
                .getItems()
                .stream()
                .filter(job -> !job.isMarkedForDeletion())
                .toList();
    }

    /** The team of the Deployment, what it needs, and the pods. */
    private Set<String> teams(String service) {
        return List.<Class<? extends HasMetadata>>of(
                        Deployment.class,
                        io.fabric8.kubernetes.api.model.Service.class,
                        io.fabric8.kubernetes.api.model.ConfigMap.class,
                        io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy.class,
                        io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget.class,
                        io.fabric8.kubernetes.api.model.Pod.class)
                .stream()
                .flatMap(kind -> client
                        .resources(kind)
                        .inNamespace(namespace)
                        .withLabel("ashlar.dev/owner", service)
                        .list()
                        .getItems()
                        .stream())
                .filter(object -> !object.isMarkedForDeletion())
                .map(object -> object.getMetadata().getLabels().getOrDefault("ashlar.dev/team", "none"))
                .collect(Collectors.toSet());
    }
}
