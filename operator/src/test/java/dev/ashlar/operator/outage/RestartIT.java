package dev.ashlar.operator.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.crds.Content;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.site.Sites;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A new start of the operator with many Sites that have all they need. */
@ExtendWith(ClusterExtension.class)
class RestartIT {
    private static final int SITES = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            Site.class,
            Service.class,
            Deployment.class,
            NetworkPolicy.class,
            io.fabric8.kubernetes.api.model.Service.class);

    private final KubernetesClient client;
    private final OperatorPods operator;
    private final String namespace;

    RestartIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.operator = new OperatorPods(client);
        this.namespace = namespace;
    }

    @Test
    void writesNothingWhenAllIsAsItShouldBe() {
        IntStream.range(0, SITES).parallel().forEach(this::apply);
        await().atMost(PATIENCE).until(() -> ready() == SITES && observed() == SITES);
        Map<String, String> before = versions();

        Pod restarted = operator.restart();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(operator.metrics(restarted))
                        .hasEntrySatisfying(
                                done("site"), done -> assertThat(done).isGreaterThanOrEqualTo(SITES))
                        .hasEntrySatisfying(
                                done("service"), done -> assertThat(done).isGreaterThanOrEqualTo(SITES))
                        .containsEntry("reconciliations_queue{controller_name=\"site\"}", 0.0)
                        .containsEntry("reconciliations_queue{controller_name=\"service\"}", 0.0));

        assertThat(before).hasSize(SITES * KINDS.size());
        assertThat(versions()).isEqualTo(before);
    }

    @Test
    void startsWhileTheRightToReadSecretsIsTakenBack() {
        var grant = client.resource(new RoleBindingBuilder()
                .withNewMetadata()
                .withName("grants-nothing")
                .withNamespace(namespace)
                .addToLabels(Labels.SECRETS, "read")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "not-there")
                .build());
        grant.create();
        Pod former = operator.awaitLeader(1);
        client.pods().resource(former).delete();
        await().atMost(PATIENCE)
                .until(() -> operator.all().stream()
                        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                        .anyMatch(container -> Boolean.TRUE.equals(container.getStarted())));

        grant.delete(); // while it waits for what it may not list

        Pod started = operator.awaitLeader(1);
        assertThat(started.getStatus().getContainerStatuses().getFirst().getRestartCount())
                .isZero();
    }

    private static String done(String controller) {
        return "reconciliations_success_total{controller_name=\"%s\"}".formatted(controller);
    }

    private void apply(int number) {
        Site site = Sites.of(namespace, "site-" + number, new Content(Sites.NOWHERE, 0, null));
        client.resource(site).serverSideApply();
    }

    private long ready() {
        return client.resources(Site.class).inNamespace(namespace).list().getItems().stream()
                .filter(site -> site.getStatus() != null)
                .flatMap(site -> Conditions.find(site.getStatus().conditions(), Conditions.READY).stream())
                .filter(ready -> "True".equals(ready.status()))
                .count();
    }

    /** The Deployments in whose status the cluster has written all it will. */
    private long observed() {
        return client.apps().deployments().inNamespace(namespace).list().getItems().stream()
                .filter(live -> live.getStatus().getObservedGeneration() != null)
                .count();
    }

    /** The resource version of each object, which any write would raise. */
    private Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        KINDS.forEach(kind -> client.resources(kind)
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(object -> versions.put(
                        object.getApiVersion() + " " + object.getKind() + " "
                                + object.getMetadata().getName(),
                        object.getMetadata().getResourceVersion())));
        return versions;
    }
}
