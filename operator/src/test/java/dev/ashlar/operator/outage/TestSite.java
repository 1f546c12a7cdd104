package dev.ashlar.operator.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Content;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.site.Sites;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Optional;

/** A Site with content alone, changed by its user and by others while the operator is in trouble. */
record TestSite(KubernetesClient client, String namespace, String name) {
    private static final int DEADLINE = 120;

    /** Asks for other content, of which no pod is started. */
    void apply(String page) {
        Site site = Sites.of(namespace, name, new Content(Sites.NOWHERE, 0, "/" + page + ".html"));
        client.resource(site).forceConflicts().serverSideApply();
    }

    /** Changes what the operator made, as somebody else. */
    void changeDeadline() {
        deployment()
                .edit(live -> live.edit()
                        .editSpec()
                        .withProgressDeadlineSeconds(DEADLINE + 1)
                        .endSpec()
                        .build());
    }

    /** Waits until that is put back. */
    void awaitDeadline(Duration atMost) {
        await().atMost(atMost).ignoreExceptions().untilAsserted(this::assertDeadline);
    }

    /** Waits until the Site is Ready as it was applied last. */
    void awaitReady(Duration atMost) {
        await().atMost(atMost).ignoreExceptions().untilAsserted(this::assertReady);
    }

    void assertReady() {
        assertThat(ready())
                .hasValueSatisfying(
                        ready -> assertThat(ready.status()).as(ready.message()).isEqualTo("True"));
    }

    void assertDeadline() {
        assertThat(deployment().require().getSpec().getProgressDeadlineSeconds())
                .isEqualTo(DEADLINE);
    }

    private Optional<Condition> ready() {
        Site site = live();
        return Optional.ofNullable(site.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), Conditions.READY))
                .filter(ready -> site.getMetadata().getGeneration().equals(ready.observedGeneration()));
    }

    private Site live() {
        return client.resources(Site.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    private Resource<Deployment> deployment() {
        return client.apps().deployments().inNamespace(namespace).withName(name + "-content");
    }
}
