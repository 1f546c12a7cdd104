package dev.ashlar.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Service;
import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.operator.cluster.machine.HostCommand;
import dev.ashlar.operator.cluster.machine.Invoker;
import dev.ashlar.operator.connection.Kubeconfig;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.kube.NamedImage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/** The local cluster with three nodes: all of them reach one another, and the work of one that is drained or lost goes on. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesIT {
    private static final int NODES = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KubernetesClient client;
    private final String namespace;
    private final NodesPods pods;
    private int before = NODES;
    private String image = "";

    NodesIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
        this.pods = new NodesPods(client, namespace);
    }

    @BeforeAll
    void addNodes() throws Exception {
        assumeTrue(ClusterKind.ofEnvironment() instanceof ClusterKind.Local && Invoker.isRoot());
        before = client.nodes().list().getItems().size();
        up(NODES);
        image = NamedImage.pulledAs(TestImages.push(client, "kubectl"));
        pods.apply(NodesObjects.peers(image));
        pods.apply(NodesObjects.wanderer(image));
        await().atMost(PATIENCE)
                .until(() -> pods.ready("peer").size() == NODES
                        && pods.ready("wanderer").size() == 1);
    }

    @AfterAll
    void leaveAsManyAsThereWere() {
        if (before != NODES) {
            up(before);
            assertThat(client.nodes().list().getItems()).hasSize(before);
        }
    }

    @Test
    @Order(1)
    void reachesPodsOfEveryNodeFromEveryNodeAndFromTheHost() throws Exception {
        List<Pod> peers = pods.ready("peer");
        assertThat(peers).extracting(NodesPods::node).containsExactlyInAnyOrder("ashlar", "ashlar-2", "ashlar-3");
        for (Pod target : peers) {
            for (Pod from : peers) {
                assertThat(pods.ask(from, NodesPods.ip(target))).isEqualTo(NodesPods.name(target));
            }
            try (HttpClient http = HttpClient.newHttpClient()) {
                var uri = URI.create("http://%s:%d/www/hostname".formatted(NodesPods.ip(target), NodesObjects.PORT));
                assertThat(http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                                .body()
                                .strip())
                        .isEqualTo(NodesPods.name(target));
            }
        }
    }

    @Test
    @Order(2)
    void findsAServiceByItsNameFromEveryNodeAndIsAnsweredByAll() {
        for (Pod from : pods.ready("peer")) {
            Set<String> answered = new HashSet<>();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
                answered.add(pods.ask(from, "peers." + namespace + ".svc.cluster.local"));
                return answered.equals(Set.of("peer-0", "peer-1", "peer-2"));
            });
        }
    }

    @Test
    @Order(3)
    void putsAnAgentOnEachNodeAndSpreadsAService() {
        pods.apply(NodesObjects.services(image));
        for (String service : List.of("agent", "spread")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(pods.of("ashlar.dev/owner", service))
                            .extracting(NodesPods::node)
                            .containsExactlyInAnyOrder("ashlar", "ashlar-2", "ashlar-3"));
        }
    }

    @Test
    @Order(4)
    void readsTheLogOfAPodOnEveryNode() {
        for (Pod pod : pods.ready("peer")) {
            assertThat(client.pods().resource(pod).getLog()).contains("Starting to serve");
        }
    }

    @Test
    @Order(5)
    void keepsWhatIsInAClaimOnEveryNode() {
        Map<String, String> nodes = new TreeMap<>();
        for (Pod pod : pods.ready("peer")) {
            nodes.put(NodesPods.name(pod), NodesPods.node(pod));
            pods.exec(pod, "config", "set-cluster", NodesPods.node(pod), "--kubeconfig=/data/kept");
        }
        Set<String> former = NodesPods.uids(pods.ready("peer"));
        client.pods().inNamespace(namespace).withLabel("app", "peer").delete();
        await().atMost(PATIENCE)
                .until(() -> pods.ready("peer").size() == NODES
                        && NodesPods.uids(pods.ready("peer")).stream().noneMatch(former::contains));
        for (Pod pod : pods.ready("peer")) {
            assertThat(NodesPods.node(pod)).isEqualTo(nodes.get(NodesPods.name(pod)));
            assertThat(pods.exec(pod, "config", "get-clusters", "--kubeconfig=/data/kept"))
                    .contains(NodesPods.node(pod));
        }
    }

    @Test
    @Order(6)
    void movesAPodFromADrainedNode() {
        String drained = NodesPods.node(pods.ready("wanderer").getFirst());
        kubectl("drain", drained, "--pod-selector=app=wanderer");
        try {
            awaitWandererOnAnotherNodeThan(drained);
        } finally {
            kubectl("uncordon", drained);
        }
    }

    @Test
    @Order(7)
    void startsAPodAnewWhoseNodeIsLostAndTakesTheNodeBack() {
        String lost = NodesPods.node(pods.ready("wanderer").getFirst());
        assertThat(new CommandLine(new StopCommand()).execute(lost)).isZero();
        awaitWandererOnAnotherNodeThan(lost);
        assertThat(Readiness.isNodeReady(client.nodes().withName(lost).get())).isFalse();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ready("agent"))
                        .extracting(Condition::reason, Condition::status)
                        .containsExactly("NodeLost", "False"));

        up(NODES);
        await().atMost(PATIENCE).until(() -> pods.ready("peer").size() == NODES);
        for (Pod pod : pods.ready("peer")) {
            assertThat(pods.ask(pod, "peers")).startsWith("peer-");
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ready("agent").status()).isEqualTo("True"));
    }

    @Test
    @Order(8)
    void saysWhichNodeEndsPodsForWantOfDisk() throws Exception {
        String node = "ashlar-" + NODES;
        try (FullNode full = FullNode.of(node)) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(full.kubelet().isAlive())
                        .as("the kubelet of %s", FullNode.LOG)
                        .isTrue();
                assertThat(ready("agent").reason()).isEqualTo("Evicted");
                assertThat(ready("agent").message())
                        .startsWith("Node " + node + " was short of ")
                        .contains("and ended a pod of Service agent");
            });
        }
        up(NODES);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ready("agent").status()).isEqualTo("True"));
    }

    private Condition ready(String service) {
        var status = client.resources(Service.class)
                .inNamespace(namespace)
                .withName(service)
                .require()
                .getStatus();
        return Conditions.find(status.conditions(), Conditions.READY).orElseThrow();
    }

    private void awaitWandererOnAnotherNodeThan(String node) {
        await().atMost(PATIENCE).until(() -> {
            List<Pod> ready = pods.ready("wanderer");
            return ready.size() == 1 && !NodesPods.node(ready.getFirst()).equals(node);
        });
    }

    private static void up(int nodes) {
        assertThat(new CommandLine(new UpCommand()).execute("--nodes", Integer.toString(nodes)))
                .isZero();
    }

    private static void kubectl(String... arguments) {
        Path kubectl = Images.open(Checkout.find()).programs("kubernetes").resolve("kubectl");
        HostCommand.run(
                Stream.concat(Stream.of(kubectl.toString(), "--kubeconfig=" + Kubeconfig.value()), Stream.of(arguments))
                        .toList());
    }
}
