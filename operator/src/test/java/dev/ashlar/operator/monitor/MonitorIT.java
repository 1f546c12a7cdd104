package dev.ashlar.operator.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.crds.Site;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.LocalOnly;
import dev.ashlar.operator.cluster.TestImages;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.outage.OperatorPods;
import dev.ashlar.operator.outage.TestSite;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sites that are there and do not answer as they should: it is told and counted, and what hangs is started again. */
@ExtendWith(ClusterExtension.class)
class MonitorIT {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Duration ROLLOUT = Duration.ofSeconds(120);
    /** Of three checks that are not answered in time, and of the end of the container. */
    private static final Duration RESTART = Duration.ofSeconds(180);

    private final KubernetesClient client;
    private final String namespace;
    private final OperatorPods operator;

    MonitorIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
        this.operator = new OperatorPods(client);
    }

    @Test
    void aSiteThatAnswersWithAnErrorIsReadyAndNotReachableUntilItAnswers() throws IOException {
        TestSite moody = new TestSite(client, namespace, "moody");
        service("moody", 200);
        awaitReachable(moody, "True", "http://moody.%s.localhost:8080 answers.".formatted(namespace));
        service("moody", 500);
        awaitReachable(
                moody,
                "False",
                "http://moody.%s.localhost:8080 answers with the status 500 since ".formatted(namespace));
        moody.awaitReady(ROLLOUT);
        assertThat(metric("ashlar_site_probe_failures_total", "site=\"moody\"")).isGreaterThanOrEqualTo(2);
        service("moody", 302);
        awaitReachable(moody, "True", "http://moody.%s.localhost:8080 answers.".formatted(namespace));
    }

    @Test
    void aServiceThatHangsIsStartedAgainAndCounted() throws IOException {
        LocalOnly.assume();
        service("stuck", 200);
        new TestSite(client, namespace, "stuck").awaitReady(ROLLOUT);
        hang("stuck");
        awaitRestart("stuck", "stuck-web");
    }

    @Test
    void aContentThatHangsIsStartedAgainAndCounted() throws IOException {
        LocalOnly.assume();
        apply("""
                metadata: {name: still}
                spec: {domains: [{name: still.example.org}], content: {image: "%s"}}
                """.formatted(TestImages.push(client, "nginx")));
        TestSite still = new TestSite(client, namespace, "still");
        still.awaitReady(ROLLOUT);
        awaitReachable(still, "True", "http://still");
        hang("still");
        awaitReachable(
                still, "False", "http://still.%s.localhost:8080 does not answer within 10 s".formatted(namespace));
        awaitRestart("still", "still-content");
        awaitReachable(still, "True", "http://still");
    }

    /** A Site of one service, which answers every request with that status. */
    private void service(String name, int status) throws IOException {
        apply("""
                metadata: {name: %1$s}
                spec:
                  domains: [{name: %1$s.example.org}]
                  routes: [{path: /, service: {name: web}}]
                  services:
                  - name: web
                    image: "%2$s"
                    args: [/app/web.py]
                    env: [{name: STATUS, value: "%3$d"}]
                    ports: [{name: http, port: 8000}]
                    health: {tcp: http, live: {path: /alive, port: http}}
                    files:
                    - path: /app/web.py
                      content: |
                        import http.server, os, signal

                        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))

                        class Web(http.server.BaseHTTPRequestHandler):
                            def do_GET(self):
                                self.send_response(200 if self.path == "/alive" else int(os.environ["STATUS"]))
                                self.send_header("Content-Length", "0")
                                self.end_headers()

                        http.server.ThreadingHTTPServer(("", 8000), Web).serve_forever()
                """.formatted(name, TestImages.push(client, "python"), status));
    }

    private void apply(String site) {
        Site desired = YAML.unmarshal("apiVersion: ashlar.dev/v1alpha1\nkind: Site\n" + site, Site.class);
        client.resource(desired).inNamespace(namespace).forceConflicts().serverSideApply();
    }

    private static void awaitReachable(TestSite site, String status, String message) {
        await().atMost(ROLLOUT)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(site.condition("Reachable")).hasValueSatisfying(reachable -> {
                    assertThat(reachable.status()).isEqualTo(status);
                    assertThat(reachable.message()).startsWith(message);
                }));
    }

    /** Stops the processes of its pod, so that the kernel goes on accepting connections, and nobody answers. */
    private void hang(String site) throws IOException {
        for (ProcessHandle process : PodProcesses.of(pod(site))) {
            PodProcesses.signal(process, "STOP");
        }
    }

    private void awaitRestart(String site, String service) {
        await().atMost(RESTART).ignoreExceptions().untilAsserted(() -> {
            Pod pod = pod(site);
            assertThat(pod.getStatus().getContainerStatuses().getFirst().getRestartCount())
                    .isPositive();
            assertThat(Readiness.isPodReady(pod)).isTrue();
            assertThat(metric("ashlar_restarts_total", "service=\"%s\"".formatted(service)))
                    .isPositive();
        });
    }

    private Pod pod(String site) {
        return client.pods().inNamespace(namespace).withLabel("ashlar.dev/site", site).list().getItems().stream()
                .filter(pod -> !pod.isMarkedForDeletion())
                .findFirst()
                .orElseThrow();
    }

    private double metric(String name, String label) {
        return operator.metrics(operator.awaitLeader(1)).entrySet().stream()
                .filter(series -> series.getKey().startsWith(name + "{"))
                .filter(series -> series.getKey().contains(label))
                .filter(series -> series.getKey().contains("namespace=\"%s\"".formatted(namespace)))
                .mapToDouble(series -> series.getValue())
                .sum();
    }
}
