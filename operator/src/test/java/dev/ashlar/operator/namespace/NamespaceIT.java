package dev.ashlar.operator.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/** What the API server refuses in a namespace whose rules are enforced, and takes everywhere else. */
@ExtendWith(ClusterExtension.class)
class NamespaceIT {
    private static final String IMAGE = "image: \"api@sha256:" + "0123456789abcdef".repeat(4) + "\"";
    private static final String ALLOW = ", allow: [{what: user, value: 1000, reason: upstream writes as it}]";
    private static final String CONTACT = ", contact: {owner: ops@example.org, technical: dev@example.org}";

    private final KubernetesClient client;
    private final String namespace;

    NamespaceIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Test
    void wantsAContactAndNoExceptionsWhereTheRulesAreEnforced() {
        String anonymous = site("");
        String excepted = site(CONTACT + ", services: [{name: api, " + IMAGE + ALLOW + "}]");
        String worker = service(ALLOW);
        assertThat(DryRun.verdict(client, namespace, anonymous)).isEmpty();
        assertThat(DryRun.verdict(client, namespace, excepted)).isEmpty();
        assertThat(DryRun.verdict(client, namespace, worker)).isEmpty();

        assertThat(new CommandLine(new NamespaceCommand()).execute(namespace, "--enforce"))
                .isZero();

        awaitRefusal(
                anonymous,
                "namespace " + namespace + " wants to know whom to ask about site shop: add spec.contact: "
                        + "{owner: ops@example.org, technical: dev@example.org}");
        String noExceptions = "namespace " + namespace + " allows no exception to the rules for pods: remove spec.allow"
                + " of %s, or take it to a namespace without the label ashlar.dev/policy=enforce";
        awaitRefusal(excepted, noExceptions.formatted("shop"));
        awaitRefusal(worker, noExceptions.formatted("worker"));
        assertThat(DryRun.verdict(client, namespace, site(CONTACT))).isEmpty();
        assertThat(DryRun.verdict(client, namespace, service(""))).isEmpty();
        assertThat(client.namespaces()
                        .withName(namespace)
                        .require()
                        .getMetadata()
                        .getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
    }

    /** The API server learns of a namespace's new label by its own watch. */
    private void awaitRefusal(String yaml, String message) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(DryRun.verdict(client, namespace, yaml)).contains(message));
    }

    private static String site(String more) {
        return resource("Site", "shop", "domains: [{name: shop.example.org}], content: {" + IMAGE + "}" + more);
    }

    private static String service(String more) {
        return resource("Service", "worker", IMAGE + more);
    }

    private static String resource(String kind, String name, String spec) {
        return """
            apiVersion: ashlar.dev/v1alpha1
            kind: %s
            metadata: {name: %s}
            spec: {%s}
            """.formatted(kind, name, spec);
    }
}
