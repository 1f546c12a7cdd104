package dev.ashlar.operator.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the operator measures, and what the overlay makes of it. */
@ExtendWith(ClusterExtension.class)
class MetricsIT {
    private static final Path MONITORING = Path.of("../overlays/base/monitoring");
    /** Selectors, ranges and groupings hold labels, and a function is followed by its arguments. */
    private static final Pattern NO_METRIC =
            Pattern.compile("\\{[^}]*}|\\[[^]]*]|\\b(by|without|on) \\([^)]*\\)|\\b[a-z_]+(?= ?(?:by )?\\()");

    private static final Pattern METRIC = Pattern.compile("\\b[a-z][a-z_]+\\b");

    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    /** A Site that is probed and needs no pod. */
    private static final String ANSWERING = """
            apiVersion: ashlar.dev/v1alpha1
            kind: Site
            metadata: {name: answering}
            spec: {domains: [{name: answering.example.org}], routes: [{path: /, respond: 204}]}
            """;

    private final KubernetesClient client;
    private final OperatorPods operator;
    private final TestSite site;

    MetricsIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.operator = new OperatorPods(client);
        this.site = new TestSite(client, namespace, "measured");
    }

    @Test
    void everyMetricOfTheAlertsAndTheDashboardIsServed() throws Exception {
        site.apply("first"); // what was never counted is not served
        site.awaitReady(Duration.ofSeconds(60));
        client.resource(YAML.unmarshal(ANSWERING, Site.class))
                .inNamespace(site.namespace())
                .create();

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(served()).contains("ashlar_site_probe_seconds_count"));
        assertThat(named("alerts.yaml")).hasSizeGreaterThan(5).isSubsetOf(served());
        assertThat(named("dashboard.json")).hasSizeGreaterThan(7).isSubsetOf(served());
    }

    @Test
    void theOperatorIsReadyAndAliveWithoutTheExtensionsOwnCheck() throws Exception {
        var leader = operator.awaitLeader(1);

        assertThat(operator.status(leader, "/q/health/ready")).isEqualTo(200);
        assertThat(operator.status(leader, "/q/health/live")).isEqualTo(200);
    }

    private Set<String> served() {
        return operator.metrics(operator.awaitLeader(1)).keySet().stream()
                .map(series -> series.replaceFirst("\\{.*", ""))
                .collect(Collectors.toSet());
    }

    /** The names of the metrics in the expressions of a file. */
    private static Set<String> named(String file) throws IOException {
        JsonNode tree = new YAMLMapper().readTree(MONITORING.resolve(file).toFile());
        return tree.findValues("expr").stream()
                .map(JsonNode::asText)
                .map(expression -> NO_METRIC.matcher(expression).replaceAll(" "))
                .flatMap(rest -> METRIC.matcher(rest).results().map(match -> match.group()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
