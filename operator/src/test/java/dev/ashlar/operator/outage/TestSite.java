package dev.ashlar.operator.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Content;
import dev.ashlar.crds.HistoryEntry;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.site.Sites;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A Site with content alone, changed by its user and by others while the operator is in trouble. */
public record TestSite(KubernetesClient client, String namespace, String name) {
    private static final int DEADLINE = 120;
    private static final int CONTENT_PORT = 8080;
    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            Service.class, Deployment.class, NetworkPolicy.class, io.fabric8.kubernetes.api.model.Service.class);

    /** Asks for other content, of which no pod is started. */
    void apply(String page) {
        apply(new Content(Sites.NOWHERE, 0, "/" + page + ".html"));
    }

    void apply(Content content) {
        client.resource(Sites.of(namespace, name, content)).forceConflicts().serverSideApply();
    }

    /** Goes back to a revision, or with null to what was applied. */
    void rollBack(@Nullable Integer number) {
        resource().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"rollbackTo\":%s}}".formatted(number));
    }

    /** The number of the revision that runs. */
    int revision() {
        return live().getStatus().history().stream()
                .filter(entry -> entry.verdict() == HistoryEntry.Verdict.RUNNING)
                .findFirst()
                .orElseThrow()
                .number();
    }

    /** Changes what the operator made, as somebody else. */
    void changeDeadline() {
        deployment()
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"progressDeadlineSeconds\":%d}}".formatted(DEADLINE + 1));
    }

    /** Waits until that is put back. */
    void awaitDeadline(Duration atMost) {
        await().atMost(atMost).ignoreExceptions().untilAsserted(this::assertDeadline);
    }

    /** Waits until the Site is Ready as it was applied last. */
    public void awaitReady(Duration atMost) {
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

    /** Where it answers within the cluster. */
    String address() {
        return client.services()
                .inNamespace(namespace)
                .withName(name + "-content")
                .require()
                .getSpec()
                .getClusterIP();
    }

    /** Waits until nodes follow what becomes of pods: after an outage kube-proxy may wait half a minute before it asks again. */
    void awaitForwarding(Duration atMost) {
        var probe = client.services()
                .inNamespace(namespace)
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("probe")
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(Map.of("ashlar.dev/site", name))
                        .addNewPort()
                        .withPort(CONTENT_PORT)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        try {
            var address = new InetSocketAddress(probe.getSpec().getClusterIP(), CONTENT_PORT);
            await().atMost(atMost).ignoreExceptions().until(() -> {
                try (Socket socket = new Socket()) {
                    socket.connect(address, 1000);
                    return true;
                }
            });
        } finally {
            client.resource(probe).delete();
        }
    }

    /** The digest that the status says is running. */
    String digest() {
        var revision = Objects.requireNonNull(live().getStatus().revision());
        return Objects.requireNonNull(revision.digests().get("content"));
    }

    /** The images that its pods are made of. */
    List<String> images() {
        return client.pods().inNamespace(namespace).withLabel("ashlar.dev/site", name).list().getItems().stream()
                .filter(pod -> !pod.isMarkedForDeletion())
                .map(pod -> pod.getSpec().getContainers().getFirst().getImage())
                .toList();
    }

    /** The UIDs of what was made of it: the same as before unless something was deleted. */
    Map<String, String> children() {
        Map<String, String> uids = new TreeMap<>();
        for (var kind : KINDS) {
            var child = client.resources(kind)
                    .inNamespace(namespace)
                    .withName(name + "-content")
                    .require();
            uids.put(kind.getName(), child.getMetadata().getUid());
        }
        return uids;
    }

    /** The condition Ready, once it speaks of the Site as it is now. */
    public Optional<Condition> ready() {
        return condition(Conditions.READY);
    }

    /** A condition, once it speaks of the Site as it is now. */
    public Optional<Condition> condition(String type) {
        Site site = live();
        return Optional.ofNullable(site.getStatus())
                .flatMap(status -> Conditions.current(site, status.conditions(), type));
    }

    private Site live() {
        return resource().require();
    }

    private Resource<Site> resource() {
        return client.resources(Site.class).inNamespace(namespace).withName(name);
    }

    private Resource<Deployment> deployment() {
        return client.apps().deployments().inNamespace(namespace).withName(name + "-content");
    }
}
