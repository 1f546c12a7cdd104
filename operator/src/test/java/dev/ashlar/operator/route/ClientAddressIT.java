package dev.ashlar.operator.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.outage.OperatorPods;
import dev.ashlar.operator.outage.TestRollout;
import dev.ashlar.operator.outage.TestSite;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The gateway at ports 80 and 443 of the node, as the component {@code host-ports} has it: it sees who asks, and believes only whom it is told to believe. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientAddressIT {
    private static final Path COMPONENT = Path.of("../overlays/base/host-ports/gateway.yaml");
    private static final String TRUSTED = "ASHLAR_TRUSTED_PROXIES";
    private static final String WRAPPED = "ASHLAR_PROXY_PROTOCOL";
    private static final String STRANGER = "203.0.113.9";
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String SITE = """
            apiVersion: ashlar.dev/v1alpha1
            kind: Site
            metadata: {name: %1$s}
            spec:
              domains: [{name: %1$s.localhost}]
              tls: {internal: {}}
              from: [%2$s/32]
              routes: [{path: /, respond: 204}]
            """;

    private final KubernetesClient client;
    private final String namespace;
    private final InetSocketAddress node;
    private final String own;

    ClientAddressIT(KubernetesClient client, @TestNamespace String namespace) throws IOException {
        this.client = client;
        this.namespace = namespace;
        this.node = new InetSocketAddress(
                client.nodes().list().getItems().getFirst().getStatus().getAddresses().stream()
                        .filter(address -> address.getType().equals("InternalIP"))
                        .findFirst()
                        .orElseThrow()
                        .getAddress(),
                80);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(node.getAddress(), 30080));
            this.own = socket.getLocalAddress().getHostAddress();
        }
    }

    @BeforeAll
    void openThePorts() throws IOException {
        String patch = new YAMLMapper().readTree(COMPONENT.toFile()).toString();
        gateway().patch(PatchContext.of(PatchType.JSON), patch);
        TestRollout.awaitEnd(gateway(), PATIENCE);
        for (String[] site : List.of(new String[] {"me", own}, new String[] {"stranger", STRANGER})) {
            client.resource(new KubernetesSerialization().unmarshal(SITE.formatted((Object[]) site), Site.class))
                    .inNamespace(namespace)
                    .serverSideApply();
            new TestSite(client, namespace, site[0]).awaitReady(PATIENCE);
        }
    }

    @AfterAll
    void closeThePorts() {
        gateway()
                .edit(deployment -> deployment
                        .edit()
                        .editSpec()
                        .withStrategy(null)
                        .editTemplate()
                        .editSpec()
                        .editFirstContainer()
                        .editMatchingPort(port -> "http".equals(port.getName()))
                        .withHostPort(null)
                        .endPort()
                        .editMatchingPort(port -> "https".equals(port.getName()))
                        .withHostPort(null)
                        .endPort()
                        .editMatchingPort(port -> "http3".equals(port.getName()))
                        .withHostPort(null)
                        .endPort()
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build());
        TestRollout.awaitEnd(gateway(), PATIENCE);
        new OperatorPods(client).configure(Set.of(TRUSTED, WRAPPED), List.of());
    }

    @Test
    void seesWhoAsksAndBelievesOnlyWhomItIsToldToBelieve() throws Exception {
        awaitStatus("me", Map.of(), 204);
        assertThat(status("stranger", Map.of())).isEqualTo(403);
        assertThat(status("stranger", Map.of("X-Forwarded-For", STRANGER))).isEqualTo(403);
        assertThat(wrapped("stranger")).isNotEqualTo(204);

        believe(own + "/32", "192.0.2.0/24");
        awaitStatus("stranger", Map.of("X-Forwarded-For", STRANGER), 204);
        assertThat(status("stranger", Map.of("X-Forwarded-For", STRANGER + ", 198.51.100.1")))
                .isEqualTo(403);
        assertThat(status("me", Map.of())).isEqualTo(204);
        assertThat(wrapped("stranger")).isNotEqualTo(204);

        believe("192.0.2.0/24", own + "/32");
        await().atMost(PATIENCE).ignoreExceptions().until(() -> wrapped("stranger") == 204);
        assertThat(wrapped("me")).isEqualTo(403);
        assertThat(status("me", Map.of())).isEqualTo(204);
        assertThat(status("stranger", Map.of("X-Forwarded-For", STRANGER))).isEqualTo(403);
    }

    private void believe(String trusted, String wrapped) {
        new OperatorPods(client)
                .configure(
                        Set.of(TRUSTED, WRAPPED),
                        List.of(new EnvVar(TRUSTED, trusted, null), new EnvVar(WRAPPED, wrapped, null)));
    }

    private RollableScalableResource<Deployment> gateway() {
        return client.apps().deployments().inNamespace("ashlar-system").withName("gateway");
    }

    private void awaitStatus(String site, Map<String, String> headers, int status) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(status(site, headers)).isEqualTo(status));
    }

    private int status(String site, Map<String, String> headers) throws IOException {
        return new RawRequest(null, site + ".localhost", "/", headers, null, 0)
                .ask(node)
                .status();
    }

    /** A request after a header of the PROXY protocol, version 1; 0 when the connection ends without an answer. */
    private int wrapped(String site) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(10_000);
            socket.connect(node);
            String text =
                    "PROXY TCP4 %s 192.0.2.1 4711 80\r\nGET / HTTP/1.1\r\nHost: %s.localhost\r\nConnection: close\r\n\r\n"
                            .formatted(STRANGER, site);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return answer.isEmpty() ? 0 : RawRequest.Answer.of(answer).status();
        }
    }
}
