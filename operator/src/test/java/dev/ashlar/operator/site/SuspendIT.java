package dev.ashlar.operator.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Content;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.kube.Conditions;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A suspended Site: what was made of it is its user's alone, until it is no longer suspended. */
@ExtendWith(ClusterExtension.class)
class SuspendIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int DEADLINE = 120;

    private final KubernetesClient client;
    private final String namespace;

    SuspendIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Test
    void isLeftAsItIsSaysSoAndFollowsTheSpecAgainAtOnce() {
        apply("kept", null, null);
        awaitReady("kept", "True", "The content answers.");

        apply("kept", true, null);
        awaitReady("kept", "True", "Suspended: The content answers.");
        assertThat(condition("kept", "Suspended"))
                .hasValueSatisfying(suspended ->
                        assertThat(suspended.message()).endsWith("until spec.suspend is removed from Site kept."));

        deployment("kept-content")
                .edit(live -> live.edit()
                        .editSpec()
                        .withProgressDeadlineSeconds(DEADLINE + 1)
                        .endSpec()
                        .build());
        client.network()
                .networkPolicies()
                .inNamespace(namespace)
                .withName("kept-content")
                .delete();
        awaitReady("kept", "False", "NetworkPolicy kept-content is not there, and is not made");
        apply("kept", true, "/404.html");
        awaitReady("kept", "False", "Service kept-content differs from the spec, and stays so");
        assertThat(deadline("kept-content")).isEqualTo(DEADLINE + 1);
        assertThat(service("kept-content").getSpec().files()).isEmpty();

        apply("kept", null, "/404.html");
        awaitReady("kept", "True", "The content answers.");
        assertThat(deadline("kept-content")).isEqualTo(DEADLINE);
        assertThat(service("kept-content").getSpec().suspend()).isNull();
        assertThat(service("kept-content").getSpec().files()).hasSize(1);
        assertThat(client.network()
                        .networkPolicies()
                        .inNamespace(namespace)
                        .withName("kept-content")
                        .get())
                .isNotNull();
        assertThat(condition("kept", "Suspended")).isEmpty();
    }

    @Test
    void makesNothingOfASiteThatIsSuspendedFromTheStart() {
        apply("unborn", true, null);

        awaitReady("unborn", "False", "Suspended: Service unborn-content is not there, and is not made");
        assertThat(client.resources(Service.class)
                        .inNamespace(namespace)
                        .withName("unborn-content")
                        .get())
                .isNull();
        assertThat(condition("unborn", Conditions.STALLED)).isPresent();
    }

    private void apply(String name, @Nullable Boolean suspend, @Nullable String notFound) {
        Site site = Sites.of(namespace, name, new Content(Sites.NOWHERE, 0, notFound));
        site.setSpec(site.getSpec().suspended(suspend));
        client.resource(site).serverSideApply();
    }

    private void awaitReady(String name, String status, String message) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(condition(name, Conditions.READY))
                        .hasValueSatisfying(ready -> {
                            assertThat(ready.message()).contains(message);
                            assertThat(ready.status()).isEqualTo(status);
                        }));
    }

    /** A condition of what was applied last. */
    private Optional<Condition> condition(String name, String type) {
        Site site = client.resources(Site.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
        return Optional.ofNullable(site.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), type))
                .filter(condition -> site.getMetadata().getGeneration().equals(condition.observedGeneration()));
    }

    private Integer deadline(String name) {
        return deployment(name).require().getSpec().getProgressDeadlineSeconds();
    }

    private Resource<Deployment> deployment(String name) {
        return client.apps().deployments().inNamespace(namespace).withName(name);
    }

    private Service service(String name) {
        return client.resources(Service.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }
}
