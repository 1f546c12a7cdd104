package dev.ashlar.operator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.crds.Service;
import dev.ashlar.crds.ServiceSpec;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.kube.ForeignChange;
import dev.ashlar.operator.kube.ForeignChange.Owned;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Foreign changes to what a Service is made of; its pods are never started, since only the objects matter here. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String NAME = "drift";

    private final KubernetesClient client;
    private final String namespace;

    DriftIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @BeforeAll
    void makeTheService() {
        Service service = new Service();
        service.setMetadata(
                new ObjectMetaBuilder().withName(NAME).withNamespace(namespace).build());
        service.setSpec(Serialization.unmarshal("""
                image: nowhere@sha256:%s
                replicas: 0
                ports: [{name: http, port: 8080}]
                env: [{name: MODE, value: fast}]
                """.formatted("0".repeat(64)), ServiceSpec.class));
        client.resource(service).serverSideApply();
        await().atMost(Duration.ofSeconds(30)).until(() -> deployment() != null);
    }

    @Test
    void putsBackWhatOthersChange() {
        PodSpec before = pods();

        edit(pods -> pods.getContainers().getFirst().setImage("other"));
        awaitPods(before);
        edit(pods -> pods.getContainers().getFirst().getEnv().clear());
        awaitPods(before);
        edit(pods -> pods.getSecurityContext().setRunAsNonRoot(false));
        awaitPods(before);
    }

    @Test
    void removesWhatOthersAdd() {
        PodSpec before = pods();

        edit(pods -> pods.getContainers()
                .addFirst(new ContainerBuilder()
                        .withName("sidecar")
                        .withImage("other")
                        .build()));
        awaitPods(before);
        edit(pods -> pods.getContainers()
                .getFirst()
                .getSecurityContext()
                .getCapabilities()
                .setAdd(List.of("NET_ADMIN")));
        awaitPods(before);
        edit(pods -> {
            var main = pods.getContainers().getFirst();
            main.getEnv().add(new io.fabric8.kubernetes.api.model.EnvVar("FOREIGN", "x", null));
            main.getPorts()
                    .addFirst(new io.fabric8.kubernetes.api.model.ContainerPort(9, null, null, "foreign", "TCP"));
            main.getResources().setLimits(Map.of("cpu", new Quantity("100m"), "memory", new Quantity("64Mi")));
            pods.setHostNetwork(true);
        });
        awaitPods(before);
    }

    @Test
    void removesAForeignPortOfTheCoreService() {
        var services = client.services().inNamespace(namespace).withName(NAME);

        services.edit(service -> service.edit()
                .editSpec()
                .addNewPort()
                .withName("foreign")
                .withPort(9)
                .endPort()
                .endSpec()
                .build());

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(services.get().getSpec().getPorts()).hasSize(1));
    }

    @Test
    void putsBackTheNumberOfAPortByWhichItIsKnown() {
        var services = client.services().inNamespace(namespace).withName(NAME);
        PodSpec before = pods();
        var ports = services.get().getSpec().getPorts();

        services.edit(service -> service.edit()
                .editSpec()
                .editFirstPort()
                .withPort(9)
                .endPort()
                .endSpec()
                .build());
        edit(pods -> pods.getContainers().getFirst().getPorts().getFirst().setContainerPort(9));

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(services.get().getSpec().getPorts()).isEqualTo(ports));
        awaitPods(before);
    }

    @Test
    void isNotOutrunByTwoHundredForeignChanges() {
        PodSpec before = pods();
        PatchContext merge = PatchContext.of(PatchType.JSON_MERGE);

        for (int i = 0; i < 200; i++) {
            String patch = i % 2 == 0
                    ? "{\"spec\":{\"template\":{\"spec\":{\"terminationGracePeriodSeconds\":%d}}}}".formatted(100 + i)
                    : "{\"spec\":{\"replicas\":0,\"progressDeadlineSeconds\":%d}}".formatted(1000 + i);
            client.apps().deployments().inNamespace(namespace).withName(NAME).patch(merge, patch);
        }

        awaitPods(before);
        assertThat(deployment().getSpec().getProgressDeadlineSeconds()).isEqualTo(120);
    }

    @Test
    void putsBackAnyFieldOfAnyChildADeletionAndALostOwner(@TestNamespace String noPods) throws InterruptedException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("foreign changes of seed " + seed);
        var random = new Random(seed);
        var children = new EveryChild(client, noPods);
        children.make();
        int put = 0;

        for (int i = 0; i < 150; i++) {
            HasMetadata child = children.any(random);
            var change = ForeignChange.random(child, Owned.of(client, child), random);
            put += children.putsBack(change, child, SOON).isPresent() ? 1 : 0;
        }

        assertThat(put).as("changes that the API server took").isGreaterThan(50);
    }

    /** Others write to the Deployment as well, so that an edit may have to be made twice. */
    private void edit(Consumer<PodSpec> change) {
        var deployment = client.apps().deployments().inNamespace(namespace).withName(NAME);
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> deployment.edit(live -> {
                            change.accept(live.getSpec().getTemplate().getSpec());
                            return live;
                        })
                        != null);
    }

    private void awaitPods(PodSpec desired) {
        await().atMost(SOON).untilAsserted(() -> assertThat(pods()).isEqualTo(desired));
    }

    private PodSpec pods() {
        return deployment().getSpec().getTemplate().getSpec();
    }

    private Deployment deployment() {
        return client.apps().deployments().inNamespace(namespace).withName(NAME).get();
    }
}
