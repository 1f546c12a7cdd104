package dev.ashlar.operator.route.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ashlar.crds.Site;
import dev.ashlar.images.Checkout;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.kube.Golden;
import dev.ashlar.operator.kube.Stage;
import dev.ashlar.operator.outage.OperatorPods;
import dev.ashlar.operator.outage.TestSite;
import dev.ashlar.operator.validation.Kubectl;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sites behind a gateway of the cluster's own, as far as the API server goes: the real kinds are installed, and what their controllers would
 * tell is written by the test. No such gateway runs here.
 */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandardRoutingIT {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Parent PARENT = new Parent("infra", "web");
    private static final Map<String, String> SETTINGS = Map.of(
            "ASHLAR_GATEWAY", "gateway-api",
            "ASHLAR_GATEWAY_API_PARENT", "infra/web",
            "ASHLAR_GATEWAY_API_ISSUER", "tests");

    private final KubernetesClient client;
    private final String namespace;

    StandardRoutingIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    static Stream<Path> cases() {
        return Golden.cases("gateway-api");
    }

    /** The rights stay, as others compare what is granted with what was ever used. */
    @BeforeAll
    void haveTheGatewayBeTheClusters() throws Exception {
        var kinds = new ClusterKinds(client);
        kinds.installGatewayApi();
        kinds.installCertManager();
        Path access = Checkout.find().root().resolve("overlays/base/gateway-api/access.yaml");
        Kubectl.find().run("", List.of("apply", "--server-side", "-f", access.toString()));
        new OperatorPods(client)
                .configure(
                        SETTINGS.keySet(),
                        SETTINGS.entrySet().stream()
                                .map(setting -> new EnvVar(setting.getKey(), setting.getValue(), null))
                                .toList());
    }

    @AfterAll
    void haveAshlarsOwnAgain() {
        new OperatorPods(client).configure(SETTINGS.keySet(), List.of());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theApiServerTakesWhatIsMadeInEachCase(Path folder) throws IOException {
        JsonNode routes = YAML.unmarshal(Files.readString(folder.resolve("out-routes.yaml")), JsonNode.class);
        assertThat(routes).isNotEmpty();
        for (JsonNode route : routes) {
            HTTPRoute made = YAML.convertValue(route, HTTPRoute.class);
            made.getMetadata().setNamespace(namespace);
            client.resource(made).dryRun().create();
        }
    }

    @Test
    void aSiteIsRoutedOnceTheGatewaySaysSo() {
        apply(
                "told",
                "{domains: [{name: told.test}], routes: [{path: /, redirect: {to: \"https://else.test{uri}\"}}]}");
        awaitRouted("told", "Routing");
        assertThat(route("told-main").require().getSpec().getHostnames())
                .containsExactly("told.%s.localhost".formatted(namespace), "told.test");
        tell("told-main", condition("Accepted", "True"), condition("ResolvedRefs", "False"));
        awaitRouted("told", "NotAccepted");
        tell("told-main", condition("Accepted", "True"), condition("ResolvedRefs", "True"));
        awaitRouted("told", Stage.ROUTED);
        tell("told-main", condition("Accepted", "False"), condition("ResolvedRefs", "True"));
        awaitRouted("told", "NotAccepted");
    }

    @Test
    void whatSomebodyChangesOfARouteIsPutBack() {
        apply("kept", "{domains: [{name: kept.test}], routes: [{path: /, redirect: {to: \"https://else.test\"}}]}");
        awaitNames("kept-main", "kept.%s.localhost".formatted(namespace), "kept.test");
        route("kept-main").patch(PatchContext.of(PatchType.JSON_MERGE), """
                {"spec": {"hostnames": ["stolen.test"], "parentRefs": [{"name": "other"}]}}
                """);
        awaitNames("kept-main", "kept.%s.localhost".formatted(namespace), "kept.test");
        assertThat(route("kept-main").require().getSpec().getParentRefs()).containsExactly(PARENT.reference());
        String before = route("kept-main").require().getMetadata().getUid();
        route("kept-main").delete();
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() ->
                        !route("kept-main").require().getMetadata().getUid().equals(before));
    }

    @Test
    void aDomainThatAnotherSiteHasIsWrittenOnceThatOneLetsGo() {
        apply("first", "{domains: [{name: both.test}], routes: [{path: /, redirect: {to: \"https://else.test\"}}]}");
        awaitNames("first-main", "first.%s.localhost".formatted(namespace), "both.test");
        apply("second", "{domains: [{name: both.test}], routes: [{path: /, redirect: {to: \"https://else.test\"}}]}");
        awaitRouted("second", "Conflict");
        awaitNames("second-main", "second.%s.localhost".formatted(namespace));
        client.resources(Site.class).inNamespace(namespace).withName("first").delete();
        awaitNames("second-main", "second.%s.localhost".formatted(namespace), "both.test");
        await().atMost(SOON).until(() -> route("first-main").get() == null);
    }

    @Test
    void whatCannotBeSaidIsAConditionAndTheRestIsRouted() {
        apply(
                "limits",
                "{domains: [{name: limits.test}, {name: www.limits.test}], routes: [{path: /, redirect: {to: \"https://else.test\"}}, {path: /gone, respond: 410}]}");
        awaitRouted("limits", "NotExpressible");
        assertThat(site("limits").condition(Stage.ROUTED).orElseThrow().message())
                .contains("Site limits", "respond at /gone");
        assertThat(route("limits-main").require().getSpec().getRules()).hasSize(2);
        assertThat(route("limits-alias-308").require().getSpec().getHostnames()).containsExactly("www.limits.test");
        apply("limits", "{domains: [{name: limits.test}], routes: [{path: /, redirect: {to: \"https://else.test\"}}]}");
        awaitRouted("limits", "Routing");
        await().atMost(SOON).until(() -> route("limits-alias-308").get() == null);
    }

    @Test
    void certManagerIsAskedForACertificateAndTellsHowFarItIs() {
        String routes = "routes: [{path: /, redirect: {to: \"https://else.test\"}}]";
        apply("safe", "{domains: [{name: safe.test}], tls: {internal: {}}, %s}".formatted(routes));
        awaitNames("safe-main", "safe.%s.localhost".formatted(namespace), "safe.test");
        tell("safe-main", condition("Accepted", "True"), condition("ResolvedRefs", "True"));
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertReason("safe", Stage.CERTIFIED, "Issuing"));
        Certificate certificate = certificate("safe-tls").require();
        assertThat(certificate.getSpec().path("dnsNames").toString())
                .isEqualTo("[\"safe.%s.localhost\",\"safe.test\"]".formatted(namespace));
        JsonNode status = JsonNodeFactory.instance
                .objectNode()
                .set("conditions", JsonNodeFactory.instance.arrayNode().addPOJO(condition("Ready", "True")));
        certificate("safe-tls").editStatus(live -> {
            live.setStatus(YAML.convertValue(status, JsonNode.class));
            return live;
        });
        await().atMost(SOON).untilAsserted(() -> assertReason("safe", Stage.CERTIFIED, Stage.CERTIFIED));
        site("safe").awaitReady(SOON);
        certificate("safe-tls").patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"duration\": \"2160h\"}}");
        await().atMost(SOON)
                .until(() -> certificate("safe-tls")
                        .require()
                        .getSpec()
                        .path("duration")
                        .isMissingNode());
        apply("safe", "{domains: [{name: safe.test}], tls: {disabled: {}}, %s}".formatted(routes));
        await().atMost(SOON).until(() -> certificate("safe-tls").get() == null);
        apply("safe", "{domains: [{name: safe.test}], tls: {acme: {}}, %s}".formatted(routes));
        awaitRouted("safe", "NotExpressible");
    }

    @Test
    void aStartOfTheOperatorChangesNothing() {
        apply("calm", "{domains: [{name: calm.test}], routes: [{path: /, redirect: {to: \"https://else.test\"}}]}");
        awaitNames("calm-main", "calm.%s.localhost".formatted(namespace), "calm.test");
        tell("calm-main", condition("Accepted", "True"), condition("ResolvedRefs", "True"));
        awaitRouted("calm", Stage.ROUTED);
        await().atMost(SOON).untilAsserted(() -> assertReason("calm", Stage.CERTIFIED, "Issuing"));
        List<String> before = versions();
        new OperatorPods(client).restart();
        apply("after", "{domains: [{name: after.test}], routes: [{path: /, redirect: {to: \"https://else.test\"}}]}");
        awaitNames("after-main", "after.%s.localhost".formatted(namespace), "after.test");
        assertThat(versions()).isEqualTo(before);
    }

    /** Of the Site {@code calm} and all that is made of it. */
    private List<String> versions() {
        var site = client.resources(Site.class).inNamespace(namespace).withName("calm");
        return Stream.of(site, route("calm-main"), certificate("calm-tls"))
                .map(object -> object.require().getMetadata().getResourceVersion())
                .toList();
    }

    private void apply(String name, String spec) {
        Site site = YAML.unmarshal("""
                apiVersion: ashlar.dev/v1alpha1
                kind: Site
                metadata: {name: %s}
                spec: %s
                """.formatted(name, spec), Site.class);
        client.resource(site).inNamespace(namespace).forceConflicts().serverSideApply();
    }

    private TestSite site(String name) {
        return new TestSite(client, namespace, name);
    }

    private Resource<HTTPRoute> route(String name) {
        return client.resources(HTTPRoute.class).inNamespace(namespace).withName(name);
    }

    private Resource<Certificate> certificate(String name) {
        return client.resources(Certificate.class).inNamespace(namespace).withName(name);
    }

    private void awaitNames(String route, String... names) {
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(route(route).require().getSpec().getHostnames())
                        .containsExactly(names));
    }

    private void awaitRouted(String site, String reason) {
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertReason(site, Stage.ROUTED, reason));
    }

    private void assertReason(String site, String stage, String reason) {
        assertThat(site(site).condition(stage))
                .hasValueSatisfying(condition ->
                        assertThat(condition.reason()).as(condition.message()).isEqualTo(reason));
    }

    /** As the controller of the Gateway would. */
    private void tell(String route, Condition... conditions) {
        route(route)
                .editStatus(live -> live.edit()
                        .withStatus(new HTTPRouteStatusBuilder()
                                .addNewParent()
                                .withControllerName("tests.ashlar.dev/gateway")
                                .withParentRef(PARENT.reference())
                                .withConditions(conditions)
                                .endParent()
                                .build())
                        .build());
    }

    private static Condition condition(String type, String status) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withObservedGeneration(1L)
                .withLastTransitionTime(Instant.now().toString())
                .withReason("Told")
                .withMessage("As a test says.")
                .build();
    }
}
