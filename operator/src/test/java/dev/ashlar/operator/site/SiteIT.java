package dev.ashlar.operator.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Content;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteService;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestImages;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.outage.OperatorPods;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a Site's owner sees, against the operator that the cluster runs. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiteIT {
    private static final Duration ROLLOUT = Duration.ofSeconds(90);
    private static final String NOWHERE = "nowhere@sha256:" + "0".repeat(64);

    private final KubernetesClient client;
    private final String namespace;
    private String nginx = "";

    SiteIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @BeforeAll
    void pushTheContent() throws IOException {
        nginx = TestImages.push(client, "nginx");
    }

    @Test
    void isReadyWhenItsPodsAnswer() {
        apply("shop", new Content(nginx, 2, "/404.html"), List.of(service("api", nginx, List.of())));

        awaitReady("shop", "True");

        var status = site("shop").getStatus();
        assertThat(status.url()).startsWith("http://shop." + namespace + ".");
        assertThat(digests("shop")).containsOnlyKeys("content", "api").containsValue(digest(nginx));
        assertThat(deployment("shop-content").getStatus().getAvailableReplicas())
                .isEqualTo(2);
        assertThat(client.services()
                        .inNamespace(namespace)
                        .withName("shop-api")
                        .get()
                        .getSpec()
                        .getPorts())
                .hasSize(1);
        assertThat(files("shop-content"))
                .hasValueSatisfying(files -> assertThat(files.getData()).containsValue("error_page 404 /404.html;\n"));
    }

    @Test
    void bringsADeletedDeploymentBack() {
        apply("again", new Content(nginx, 1, null), List.of());
        awaitReady("again", "True");
        String first = deployment("again-content").getMetadata().getUid();

        client.resource(deployment("again-content")).delete();

        await().atMost(Duration.ofSeconds(5))
                .until(() -> Optional.ofNullable(deployment("again-content"))
                        .filter(d -> !d.getMetadata().getUid().equals(first))
                        .isPresent());
        awaitReady("again", "True");
    }

    @Test
    void explainsAnImageThatIsNotThereAndRecovers() {
        apply("typo", new Content(NOWHERE, 1, null), List.of());

        awaitMessage("typo", "typo-content: Image " + NOWHERE);
        assertThat(message("typo")).contains("check its digest").contains("ashlar publish");

        apply("typo", new Content(nginx, 1, null), List.of());
        awaitReady("typo", "True");
    }

    @Test
    void keepsTheOldRevisionWhileTheNewOneDoesNotStart() {
        apply("keep", new Content(nginx, 1, null), List.of());
        awaitReady("keep", "True");

        apply("keep", new Content(NOWHERE, 1, null), List.of());
        awaitMessage("keep", NOWHERE);

        assertThat(digests("keep")).containsEntry("content", digest(nginx));
        assertThat(deployment("keep-content").getStatus().getAvailableReplicas())
                .isEqualTo(1);
    }

    @Test
    void explainsACrashWithItsExitCode() {
        var broken = service("broken", nginx, List.of("/nginx", "-c", "/nowhere.conf"));
        apply("crash", new Content(nginx, 1, null), List.of(broken));

        awaitMessage("crash", "crash-broken: ");

        assertThat(message("crash"))
                .contains("exit code 1")
                .contains("kubectl -n " + namespace + " logs crash-broken-");
    }

    @Test
    void removesAServiceThatTheSpecNoLongerHas() {
        apply("less", new Content(nginx, 0, null), List.of(service("extra", nginx, List.of())));
        await().atMost(ROLLOUT).until(() -> deployment("less-extra") != null);

        apply("less", new Content(nginx, 0, null), List.of());

        await().atMost(ROLLOUT).until(() -> deployment("less-extra") == null);
        awaitReady("less", "True");
    }

    @Test
    void leavesAnObjectOfTheSameNameAlone() {
        var foreign = new ServiceBuilder()
                .withNewMetadata()
                .withName("taken-content")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(1)
                .endPort()
                .endSpec()
                .build();
        client.resource(foreign).create();

        apply("taken", new Content(nginx, 1, "/404.html"), List.of());

        awaitMessage("taken", "Service taken-content belongs to nobody that Ashlar knows");
        assertThat(client.resource(foreign).get().getSpec().getPorts())
                .singleElement()
                .satisfies(port -> assertThat(port.getPort()).isEqualTo(1));
    }

    @Test
    void removesEverythingThatItMade() {
        apply("gone", new Content(nginx, 1, "/404.html"), List.of());
        awaitReady("gone", "True");

        client.resource(site("gone")).delete();

        await().atMost(ROLLOUT)
                .untilAsserted(() -> assertThat(children("gone-content")).isEmpty());
        assertThat(site("gone")).isNull();
    }

    @Test
    void isLeftAsItIsWhenTheOperatorStartsAnew() {
        apply("calm", new Content(nginx, 1, "/404.html"), List.of(service("api", nginx, List.of())));
        awaitReady("calm", "True");
        var before = versions();

        new OperatorPods(client).restart();
        apply("after", new Content(nginx, 0, null), List.of());
        awaitReady("after", "True");

        assertThat(versions()).isEqualTo(before);
    }

    /** The resource versions of all that is made for the Site calm, but for the Deployments, whose controller writes too. */
    private TreeMap<String, String> versions() {
        TreeMap<String, String> versions = new TreeMap<>();
        versions.put("Site", site("calm").getMetadata().getResourceVersion());
        for (String name : List.of("calm-content", "calm-api")) {
            children(name)
                    .filter(child -> !(child instanceof Pod))
                    .forEach(child -> versions.put(
                            child.getApiVersion() + " " + child.getKind() + " " + name,
                            child instanceof Deployment
                                    ? child.getMetadata().getGeneration().toString()
                                    : child.getMetadata().getResourceVersion()));
        }
        return versions;
    }

    private Stream<HasMetadata> children(String name) {
        return Stream.<@Nullable HasMetadata>of(
                        client.resources(Service.class)
                                .inNamespace(namespace)
                                .withName(name)
                                .get(),
                        deployment(name),
                        client.services().inNamespace(namespace).withName(name).get(),
                        files(name).orElse(null),
                        client.pods().inNamespace(namespace).withLabel(Labels.OWNER, name).list().getItems().stream()
                                .findFirst()
                                .orElse(null))
                .filter(Objects::nonNull);
    }

    private Optional<ConfigMap> files(String service) {
        return client.configMaps().inNamespace(namespace).withLabel(Labels.OWNER, service).list().getItems().stream()
                .findFirst();
    }

    private void apply(String name, Content content, List<SiteService> services) {
        Site site = Sites.of(namespace, name, content, services.toArray(SiteService[]::new));
        client.resource(site).forceConflicts().serverSideApply();
    }

    private static SiteService service(String name, String image, List<String> command) {
        return new SiteService(
                name,
                image,
                command,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                List.of(),
                SiteContent.PORTS,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                List.of(),
                List.of());
    }

    private void awaitReady(String name, String status) {
        await().atMost(ROLLOUT)
                .untilAsserted(() -> assertThat(ready(name).map(Condition::status))
                        .as(message(name))
                        .contains(status));
    }

    private void awaitMessage(String name, String part) {
        await().atMost(ROLLOUT).untilAsserted(() -> assertThat(message(name)).contains(part));
    }

    private String message(String name) {
        return ready(name).map(Condition::message).orElse("");
    }

    /** Ready of what was applied last. */
    private Optional<Condition> ready(String name) {
        Site site = site(name);
        return Optional.ofNullable(site.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), Conditions.READY))
                .filter(c -> site.getMetadata().getGeneration().equals(c.observedGeneration()));
    }

    private Map<String, String> digests(String name) {
        var revision = site(name).getStatus().revision();
        return revision == null ? Map.of() : revision.digests();
    }

    private Site site(String name) {
        return client.resources(Site.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private Deployment deployment(String name) {
        return client.apps().deployments().inNamespace(namespace).withName(name).get();
    }

    private static String digest(String image) {
        return image.substring(image.indexOf('@') + 1);
    }
}
