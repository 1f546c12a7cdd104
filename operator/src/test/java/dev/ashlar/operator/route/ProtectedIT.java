package dev.ashlar.operator.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.cluster.TestTrust;
import dev.ashlar.operator.cluster.pki.Authority;
import dev.ashlar.operator.cluster.pki.Credential;
import dev.ashlar.operator.cluster.pki.Identity;
import dev.ashlar.operator.kube.Conditions;
import dev.ashlar.operator.namespace.NamespaceCommand;
import dev.ashlar.operator.outage.TestSite;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/** Sites whose passwords and certificates are in Secrets of their namespace, and what follows when those change. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtectedIT {
    /** Of {@code right}, of the least cost. */
    private static final String HASH = "$2a$04$n98.ngLrnhRyXy0RoyYSG.T7o7KLGm/A3QVosIPQq8nA00Hdi1D4i";

    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final String namespace;
    private final TestGateway gateway;

    ProtectedIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
        this.gateway = TestGateway.of(client);
    }

    @BeforeAll
    void letTheOperatorReadSecrets() {
        assertThat(new CommandLine(new NamespaceCommand()).execute(namespace)).isZero();
    }

    @Test
    void onlyThoseGetInWhoAreOnTheListAndNobodyWithoutAList() {
        apply("""
                apiVersion: ashlar.dev/v1alpha1
                kind: Site
                metadata: {name: club}
                spec:
                  domains: [{name: club.localhost}]
                  tls: {disabled: {}}
                  basicAuth: {secret: {name: members, key: users}}
                  routes:
                  - {path: /, respond: 204}
                  - {path: /hook, respond: 202, basicAuth: {disabled: {}}}
                """);
        awaitCondition("club", "Routed", "SecretMissing", "Secret members, which is not there; create it");
        assertThat(status("/", null)).isEqualTo(503);
        assertThat(status("/hook", null)).isEqualTo(202);

        secret("members", "Opaque", Map.of("users", "ada:" + HASH));
        awaitStatus("/", "ada:right", 204);
        assertThat(status("/", null)).isEqualTo(401);
        assertThat(ask("/", null).headers()).containsEntry("Www-Authenticate", "Basic realm=\"club\"");
        assertThat(status("/", "ada:wrong")).isEqualTo(401);
        assertThat(status("/hook", null)).isEqualTo(202);
        new TestSite(client, namespace, "club").awaitReady(PATIENCE);

        secret("members", "Opaque", Map.of("users", "bob:" + HASH));
        awaitStatus("/", "bob:right", 204);
        assertThat(status("/", "ada:right")).isEqualTo(401);

        secret("members", "Opaque", Map.of("users", "bob:plain"));
        awaitCondition("club", "Routed", "NoAccounts", "line 1 is not NAME:HASH with a bcrypt hash");
        awaitStatus("/", "bob:right", 503);

        client.secrets().inNamespace(namespace).withName("members").delete();
        awaitCondition("club", "Routed", "SecretMissing", "Secret members");
    }

    @Test
    void aCertificateOfASecretIsServedAndTheNextOneAtOnce() throws Exception {
        Authority authority = Authority.create("tests", Clock.systemUTC());
        Credential first = authority.issue(Identity.server("bank", "bank.test", "www.bank.test"));
        certificate(first);
        apply("""
                apiVersion: ashlar.dev/v1alpha1
                kind: Site
                metadata: {name: bank}
                spec:
                  domains: [{name: bank.test}, {name: www.bank.test}]
                  tls: {secret: {name: bank}}
                  routes: [{path: /, respond: 204}]
                """);
        awaitCondition("bank", "CertificateReady", "CertificateReady", "The certificates of all 2 domains are there");
        assertThat(served(authority)).isEqualTo(first.certificate());
        assertThat(ask("bank.test", "/", null).headers()).containsEntry("Location", "https://bank.test:8443/");

        Credential second = authority.issue(Identity.server("bank", "bank.test", "www.bank.test"));
        certificate(second);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(served(authority)).isEqualTo(second.certificate()));

        certificate(authority.issue(Identity.server("bank", "bank.test")));
        awaitCondition("bank", "CertificateReady", "CertificateRefused", "Secret bank does not do for www.bank.test: ");
        certificate(second);
        awaitCondition("bank", "CertificateReady", "CertificateReady", "The certificates of all 2 domains are there");
        new TestSite(client, namespace, "bank").awaitReady(PATIENCE);
    }

    private X509Certificate served(Authority authority) throws Exception {
        var trust = TestTrust.only(authority.credential().certificatePem().getBytes(StandardCharsets.US_ASCII));
        try (SSLSocket socket =
                new RawRequest(null, "bank.test", "/", null, null, 0).encrypted(gateway.encrypted(), trust)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private void certificate(Credential credential) {
        secret(
                "bank",
                "kubernetes.io/tls",
                Map.of("tls.crt", credential.certificatePem(), "tls.key", credential.keyPem()));
    }

    private void secret(String name, String type, Map<String, String> data) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withType(type)
                        .withStringData(data)
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    private void apply(String yaml) {
        client.resource(YAML.unmarshal(yaml, Site.class))
                .inNamespace(namespace)
                .forceConflicts()
                .serverSideApply();
    }

    private void awaitCondition(String site, String type, String reason, String message) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            Site now = client.resources(Site.class)
                    .inNamespace(namespace)
                    .withName(site)
                    .require();
            Condition condition = Conditions.find(
                            Objects.requireNonNull(now.getStatus()).conditions(), type)
                    .orElseThrow();
            assertThat(condition.reason()).isEqualTo(reason);
            assertThat(condition.message()).contains(message);
        });
    }

    private void awaitStatus(String path, String credentials, int status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status(path, credentials)).isEqualTo(status));
    }

    private int status(String path, @Nullable String credentials) {
        return ask(path, credentials).status();
    }

    private RawRequest.Answer ask(String path, @Nullable String credentials) {
        return ask("club.localhost", path, credentials);
    }

    private RawRequest.Answer ask(String host, String path, @Nullable String credentials) {
        Map<String, String> headers = credentials == null
                ? Map.of()
                : Map.of(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        try {
            return new RawRequest(null, host, path, headers, null, 0).ask(gateway.plain());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
