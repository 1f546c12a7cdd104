package dev.ashlar.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.Site;
import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.Checkout;
import dev.ashlar.images.ContentImage;
import dev.ashlar.images.Images;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestImages;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.NamedImage;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What runs and what does not, in a namespace that enforces the rules and in one that does not. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String FOREIGN = "ghcr.io/shop/api@sha256:" + "0".repeat(64);

    private final KubernetesClient client;
    private final String enforced;
    private final String warned;
    private String proven = "";
    private String later = "";
    private String bad = "";

    PolicyIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.enforced = namespace;
        this.warned = namespace + "-warned";
    }

    @BeforeAll
    void pushImages(@TempDir Path folder) throws IOException {
        client.namespaces()
                .withName(enforced)
                .edit(namespace -> namespace
                        .edit()
                        .editMetadata()
                        .addToLabels(Labels.POLICY, Labels.ENFORCE)
                        .endMetadata()
                        .build());
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(warned)
                        .endMetadata()
                        .build())
                .create();
        Checkout checkout = Checkout.find();
        BuiltImage nginx = Images.open(checkout).image("nginx");
        Path page = Files.createDirectories(folder.resolve("page"));
        Files.writeString(page.resolve("index.html"), "<title>Proven</title>");
        Path script = Files.createDirectories(folder.resolve("script"));
        Files.writeString(script.resolve("index.html"), "<title>Not proven</title>");
        Files.writeString(script.resolve("tool"), "#!/bin/tool\n");
        Files.setPosixFilePermissions(script.resolve("tool"), PosixFilePermissions.fromString("rwxr-xr-x"));
        proven = TestImages.push(client, nginx);
        later = TestImages.push(client, ContentImage.build(nginx, page, checkout.cache(), "it-policy-page"));
        bad = TestImages.push(client, ContentImage.build(nginx, script, checkout.cache(), "it-policy-script"));
    }

    @AfterAll
    void tidyUp() {
        client.namespaces().withName(warned).delete();
    }

    @Test
    void runsAProvenImageAndKeepsItsVerdict() {
        apply(enforced, "good", proven);

        awaitCondition(Service.class, enforced, "good-content", "Ready", "True", "1 pod answers");
        awaitCondition(Site.class, enforced, "good", "Ready", "True", "");
        awaitCondition(Site.class, enforced, "good", "Proven", "True", "All images are proven");
        assertThat(condition(Service.class, enforced, "good-content", "Proven")
                        .orElseThrow()
                        .message())
                .isEqualTo("Image %s keeps every rule.".formatted(proven));
        assertThat(client.configMaps()
                        .inNamespace("ashlar-system")
                        .withName(Judgement.name(NamedImage.parse(proven)))
                        .require()
                        .getData())
                .containsOnlyKeys("image", "list");
    }

    @Test
    void refusesAnImageThatIsNotProvenWhereTheRulesAreEnforcedAndLetsTheFormerOneRun() {
        apply(enforced, "refused", proven);
        awaitCondition(Site.class, enforced, "refused", "Ready", "True", "");

        apply(enforced, "refused", bad);

        String why = "Image %s of Service refused-content is not proven (no-interpreter: /content/tool is a script"
                .formatted(bad);
        awaitCondition(Service.class, enforced, "refused-content", "Proven", "False", why);
        awaitCondition(Site.class, enforced, "refused", "Ready", "False", why);
        assertThat(condition(Site.class, enforced, "refused", "Ready")
                        .orElseThrow()
                        .reason())
                .isEqualTo("NotProven");
        assertThat(condition(Site.class, enforced, "refused", "Proven")
                        .orElseThrow()
                        .message())
                .contains("what ran before goes on")
                .contains("`ashlar image verify --policy " + bad + "`");
        assertThat(runs(enforced, "refused-content")).isEqualTo("localhost:5000/" + proven);
        awaitEvent(enforced, "Site", "refused", "Warning", "NotProven");

        apply(enforced, "refused", proven);
        awaitCondition(Site.class, enforced, "refused", "Ready", "True", "");
    }

    @Test
    void warnsOfAnImageThatIsNotProvenElsewhere() {
        apply(warned, "warned", bad);

        awaitCondition(Site.class, warned, "warned", "Ready", "True", "");
        awaitCondition(
                Site.class,
                warned,
                "warned",
                "Proven",
                "False",
                "only warns of that: it runs all the same; correct the image");
        assertThat(runs(warned, "warned-content")).isEqualTo("localhost:5000/" + bad);
        awaitEvent(warned, "Service", "warned-content", "Warning", "NotProven");
        awaitEvent(warned, "Site", "warned", "Warning", "NotProven");

        apply(warned, "warned", proven);
        awaitCondition(Site.class, warned, "warned", "Proven", "True", "");
        awaitEvent(warned, "Service", "warned-content", "Normal", "Proven");
    }

    @Test
    void refusesAForeignImageAndNamesTheWayIn() {
        apply(enforced, "foreign", FOREIGN);

        awaitCondition(
                Site.class, enforced, "foreign", "Ready", "False", "`ashlar image mirror %s`".formatted(FOREIGN));
        assertThat(condition(Site.class, enforced, "foreign", "Proven")
                        .orElseThrow()
                        .reason())
                .isEqualTo("ForeignRegistry");
        assertThat(client.apps()
                        .deployments()
                        .inNamespace(enforced)
                        .withName("foreign-content")
                        .get())
                .isNull();
    }

    /** Without a registry nothing can be pulled: what was proven is known by the cluster, what was not waits. */
    @Test
    void readsNoImageTwiceAndWaitsWhileTheRegistryIsDown() {
        apply(enforced, "known", proven);
        awaitCondition(Site.class, enforced, "known", "Ready", "True", "");
        client.configMaps()
                .inNamespace("ashlar-system")
                .withName(Judgement.name(NamedImage.parse(later)))
                .delete();
        var registry = client.apps().deployments().inNamespace("ashlar-system").withName("registry");
        registry.scale(0);
        try {
            await().atMost(PATIENCE).until(() -> pods("registry") == 0);
            client.pods()
                    .inNamespace("ashlar-system")
                    .withLabel("app.kubernetes.io/name", "operator")
                    .delete();

            apply(enforced, "again", proven);
            apply(enforced, "later", later);

            awaitCondition(Site.class, enforced, "again", "Ready", "True", "");
            awaitCondition(Site.class, enforced, "known", "Proven", "True", "");
            awaitCondition(
                    Site.class, enforced, "later", "Ready", "False", "which is tried again by itself: cannot look up");
            assertThat(condition(Site.class, enforced, "later", "Proven")
                            .orElseThrow()
                            .reason())
                    .isEqualTo("NotJudged");
        } finally {
            registry.scale(1);
        }
        await().atMost(PATIENCE)
                .until(() -> Optional.ofNullable(registry.get().getStatus().getReadyReplicas())
                        .filter(ready -> ready == 1)
                        .isPresent());
        awaitCondition(Site.class, enforced, "later", "Ready", "True", "");
    }

    private int pods(String name) {
        return client.pods()
                .inNamespace("ashlar-system")
                .withLabel("app.kubernetes.io/name", name)
                .list()
                .getItems()
                .size();
    }

    private void apply(String namespace, String name, String image) {
        client.resource(Serialization.unmarshal("""
            apiVersion: ashlar.dev/v1alpha1
            kind: Site
            metadata: {name: %s}
            spec:
              contact: {owner: ops@example.org, technical: dev@example.org}
              domains: [{name: %s.example.org}]
              content: {image: "%s"}
            """.formatted(name, name, image), GenericKubernetesResource.class))
                .inNamespace(namespace)
                .forceConflicts()
                .serverSideApply();
    }

    private String runs(String namespace, String deployment) {
        return client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(deployment)
                .require()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    private void awaitCondition(
            Class<? extends io.fabric8.kubernetes.client.CustomResource<?, ?>> kind,
            String namespace,
            String name,
            String type,
            String status,
            String message) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(condition(kind, namespace, name, type))
                        .hasValueSatisfying(condition -> {
                            assertThat(condition.message()).contains(message);
                            assertThat(condition.status())
                                    .as(condition.message())
                                    .isEqualTo(status);
                        }));
    }

    /** One of what was applied last. */
    private Optional<Condition> condition(
            Class<? extends io.fabric8.kubernetes.client.CustomResource<?, ?>> kind,
            String namespace,
            String name,
            String type) {
        var object =
                client.resources(kind).inNamespace(namespace).withName(name).get();
        List<Condition> conditions = switch (object) {
            case Site site when site.getStatus() != null -> site.getStatus().conditions();
            case Service service
            when service.getStatus() != null -> service.getStatus().conditions();
            case null, default -> List.of();
        };
        return Conditions.find(conditions, type)
                .filter(found -> object.getMetadata().getGeneration().equals(found.observedGeneration()));
    }

    private void awaitEvent(String namespace, String kind, String name, String type, String reason) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(client.v1()
                                .events()
                                .inNamespace(namespace)
                                .withFields(Map.of(
                                        "involvedObject.kind", kind, "involvedObject.name", name, "reason", reason))
                                .list()
                                .getItems())
                        .anyMatch(event -> event.getType().equals(type)));
    }
}
