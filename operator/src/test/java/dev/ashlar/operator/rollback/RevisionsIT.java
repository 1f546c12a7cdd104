package dev.ashlar.operator.rollback;

import static dev.ashlar.crds.HistoryEntry.Verdict.FAILED;
import static dev.ashlar.crds.HistoryEntry.Verdict.RUNNING;
import static dev.ashlar.crds.HistoryEntry.Verdict.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.crds.HistoryEntry;
import dev.ashlar.crds.HistoryEntry.Verdict;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestImages;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.service.Load;
import dev.ashlar.operator.terminal.Cli;
import dev.ashlar.operator.validation.Kubectl;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Revisions, the way back, and what becomes of one that fails, against the operator that the cluster runs. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevisionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String NOWHERE = "nowhere@sha256:" + "0".repeat(64);
    private static final String CRASHES = "command: [/nginx, -c, /nowhere.conf]";
    private static final int REQUESTS_PER_SECOND = 20;

    private final KubernetesClient client;
    private final String namespace;
    private final Seen seen;
    private String nginx = "";

    RevisionsIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
        this.seen = new Seen(client, namespace);
    }

    @BeforeAll
    void pushTheImage() throws IOException {
        nginx = TestImages.push(client, "nginx");
    }

    @Test
    void aServiceGoesBackByTheFieldWithItsFilesAndOnAgain() {
        service("files", page("one"));
        awaitService("files", "True", "1 pod answers.");
        ConfigMap first = onlyFiles("files");
        service("files", page("two"));
        await().atMost(PATIENCE).until(() -> seen.page("files").equals("two"));
        awaitHistory("files", SUPERSEDED, RUNNING);

        patch("asvc", "files", "{\"spec\":{\"rollbackTo\":1}}");

        await().atMost(PATIENCE).until(() -> seen.page("files").equals("one"));
        awaitService("files", "True", "1 pod answers.");
        assertThat(seen.ofService("files", "HeldBack"))
                .hasValueSatisfying(
                        held -> assertThat(held.message()).contains("Revision 1 runs", "spec.rollbackTo", "--end"));
        awaitHistory("files", RUNNING, SUPERSEDED);
        ConfigMap kept = client.resource(first).get();
        assertThat(kept.getMetadata().getUid()).isEqualTo(first.getMetadata().getUid());
        assertThat(kept.getData()).containsValue("one");
        assertThat(kept.getImmutable()).isTrue();

        patch("asvc", "files", "{\"spec\":{\"rollbackTo\":null}}");

        await().atMost(PATIENCE).until(() -> seen.page("files").equals("two"));
        awaitHistory("files", SUPERSEDED, RUNNING);
        assertThat(seen.ofService("files", "HeldBack")).isEmpty();
        assertThat(seen.revisions(seen.service("files"))).containsExactly(1L, 2L);
    }

    @Test
    void aServiceGoesBackByTheCommandAndOnAgain(@TempDir Path work) throws Exception {
        var ashlar = new Cli(work);
        service("word", page("one"));
        awaitService("word", "True", "1 pod answers.");
        service("word", page("two"));
        awaitHistory("word", SUPERSEDED, RUNNING);

        Cli.Result back = ashlar.run("rollback", "word", "-n", namespace);
        assertThat(back.code()).as(back.err()).isZero();
        assertThat(back.out()).contains("runs revision 1, until");
        await().atMost(PATIENCE).until(() -> seen.page("word").equals("one"));
        assertThat(ashlar.run("history", "word", "-n", namespace).out())
                .containsPattern("(?m)^2 +Superseded +\\S+ +kubectl")
                .containsPattern("(?m)^1 +Running +\\S+ +kubectl\\S* +[0-9a-f]{10} +word=sha256:[0-9a-f]{12}")
                .contains("Held back at revision 1");

        Cli.Result unknown = ashlar.run("rollback", "word", "7", "-n", namespace);
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("has no revision 7; name one of 1, 2");

        assertThat(ashlar.run("rollback", "word", "--end", "-n", namespace).out())
                .contains("runs its spec");
        await().atMost(PATIENCE).until(() -> seen.page("word").equals("two"));
    }

    @Test
    void aServiceOfASiteThatCrashesIsPutBackWhileAllElseStays() throws InterruptedException {
        site("shop", "", "replicas: 1", page("one"));
        awaitSite("shop", "True", "answer");
        site("shop", "", "replicas: 1", page("two"));
        awaitSiteHistory("shop", SUPERSEDED, RUNNING);

        Load.Result result;
        try (Load load = Load.on(seen.address("shop-api"), 8080, REQUESTS_PER_SECOND)) {
            site("shop", "", "replicas: 2", page("three") + CRASHES);
            awaitSite("shop", "False", "Revision 3 failed: shop-api: ");
            awaitSite("shop", "False", "Service api is as in revision 2 again, all else as in revision 3");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(seen.ofService("shop-api", "Ready"))
                            .hasValueSatisfying(
                                    ready -> assertThat(ready.status()).isEqualTo("True")));
            result = load.stop();
        }

        assertThat(result.failures()).isEmpty();
        assertThat(result.answers()).isPositive();
        assertThat(seen.page("shop-api")).isEqualTo("two");
        assertThat(seen.ofSite("shop", "Ready")).hasValueSatisfying(ready -> {
            assertThat(ready.reason()).isEqualTo("RevisionFailed");
            assertThat(ready.message())
                    .contains("exit code 1")
                    .contains("`ashlar rollback shop 3 -n " + namespace + "`");
        });
        assertThat(seen.service("shop-content").getSpec().replicas()).isEqualTo(2);
        awaitSiteHistory("shop", SUPERSEDED, RUNNING, FAILED);

        stayAsTheyAreOverARestart();

        site("shop", "", "replicas: 2", page("four"));
        await().atMost(PATIENCE).until(() -> seen.page("shop-api").equals("four"));
        awaitSiteHistory("shop", SUPERSEDED, SUPERSEDED, FAILED, RUNNING);
    }

    /** What failed is not tried again, and nothing is written. */
    private void stayAsTheyAreOverARestart() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(seen.ofSite("shop", "Ready"))
                        .hasValueSatisfying(ready -> assertThat(ready.message()).doesNotContain(" Now: ")));
        var site = seen.site("shop").getMetadata().getResourceVersion();
        var api = seen.service("shop-api").getMetadata().getResourceVersion();
        client.pods()
                .inNamespace("ashlar-system")
                .withLabel("app.kubernetes.io/name", "operator")
                .delete();
        service("after", "replicas: 0");
        awaitService("after", "True", "Scaled to zero.");
        assertThat(seen.site("shop").getMetadata().getResourceVersion()).isEqualTo(site);
        assertThat(seen.service("shop-api").getMetadata().getResourceVersion()).isEqualTo(api);
        assertThat(seen.revisions(seen.site("shop"))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void theWholeSiteGoesBackWhereItSaysSo() {
        site("whole", "onFailure: rollback", "replicas: 1", page("one"));
        awaitSite("whole", "True", "answer");

        site("whole", "onFailure: rollback", "replicas: 2", page("two") + CRASHES);

        awaitSite("whole", "False", "Revision 1 runs again");
        await().atMost(PATIENCE)
                .until(() -> Integer.valueOf(1)
                        .equals(seen.service("whole-content").getSpec().replicas()));
        await().atMost(PATIENCE).until(() -> seen.page("whole-api").equals("one"));
        awaitSiteHistory("whole", RUNNING, FAILED);
    }

    @Test
    void aStatefulServiceIsPutBackAndTheGapIsSaid() {
        service("set", page("one") + "\nstateful: true");
        awaitService("set", "True", "1 pod answers.");

        service("set", page("two") + CRASHES + "\nstateful: true");

        awaitService("set", "False", "answered less or not at all meanwhile");
        awaitService("set", "False", "Revision 1 runs again");
        await().atMost(PATIENCE).until(() -> seen.page("set").equals("one"));
        awaitHistory("set", RUNNING, FAILED);
    }

    @Test
    void aStepThatFailsTaintsItsRevisionAndTheFormerServes() {
        service("step", page("one"));
        awaitService("step", "True", "1 pod answers.");

        service("step", page("two") + "before: [{name: migrate, command: [/nginx, -c, /nowhere.conf]}]");

        awaitService("step", "False", "Revision 2 failed: ");
        assertThat(seen.ofService("step", "Ready"))
                .hasValueSatisfying(
                        ready -> assertThat(ready.message()).contains("its step migrate", "Revision 1 runs again"));
        assertThat(seen.page("step")).isEqualTo("one");
    }

    @Test
    void aFirstRevisionThatFailsHasNothingToGoBackTo() {
        service("first", page("one") + CRASHES);
        awaitService("first", "False", "there is nothing to go back to and Kubernetes goes on trying");
        awaitHistory("first", FAILED);
    }

    @Test
    void aRevisionThatCannotRunAgainIsRefusedAndWhatRanGoesOn() {
        apply("Service", "gone", "image: " + NOWHERE + "\nports: [{name: http, port: 8080}]\n");
        await().atMost(PATIENCE)
                .until(() -> seen.service("gone").getStatus() != null
                        && !seen.service("gone").getStatus().history().isEmpty());
        service("gone", page("two"));
        awaitService("gone", "True", "1 pod answers.");

        patch("asvc", "gone", "{\"spec\":{\"rollbackTo\":1}}");
        awaitService("gone", "False", "its image " + NOWHERE + " is not in the registry any more");
        assertThat(seen.ofService("gone", "Ready"))
                .hasValueSatisfying(ready -> assertThat(ready.reason()).isEqualTo("ImageGone"));
        assertThat(seen.page("gone")).isEqualTo("two");

        patch("asvc", "gone", "{\"spec\":{\"rollbackTo\":9}}");
        awaitService("gone", "False", "names revision 9, which is not known (known are 1, 2)");
        assertThat(seen.page("gone")).isEqualTo("two");

        patch("asvc", "gone", "{\"spec\":{\"rollbackTo\":null}}");
        awaitService("gone", "True", "1 pod answers.");
        assertThat(seen.revisions(seen.service("gone"))).containsExactly(1L, 2L);
    }

    private static String page(String text) {
        return """
                ports: [{name: http, port: 8080}]
                health: {path: /, port: http, startWithin: 5s}
                files: [{path: /content/index.html, content: "%s"}]
                """.formatted(text);
    }

    private void service(String name, String spec) {
        apply("Service", name, "image: " + nginx + "\n" + spec);
    }

    private void site(String name, String steered, String content, String api) {
        apply("Site", name, """
                domains: [{name: %s.example.org}]
                %s
                content:
                  image: %s
                  %s
                services:
                - name: api
                  image: %s
                %s
                """.formatted(name, steered, nginx, content, nginx, api.indent(2)));
    }

    private void apply(String kind, String name, String spec) {
        kubectl("""
                apiVersion: ashlar.dev/v1alpha1
                kind: %s
                metadata: {name: %s}
                spec:
                %s
                """.formatted(kind, name, spec.indent(2)), "apply", "-f", "-");
    }

    private void patch(String kind, String name, String patch) {
        kubectl("", "patch", kind, name, "--type=merge", "-p", patch);
    }

    private void kubectl(String input, String... arguments) {
        try {
            Kubectl.find().run(input, Kubectl.in(namespace, arguments));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private ConfigMap onlyFiles(String service) {
        List<ConfigMap> found = client.configMaps()
                .inNamespace(namespace)
                .withLabel("ashlar.dev/owner", service)
                .list()
                .getItems();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private void awaitService(String name, String status, String message) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(seen.ofService(name, "Ready")).hasValueSatisfying(ready -> {
                    assertThat(ready.message()).contains(message);
                    assertThat(ready.status()).isEqualTo(status);
                }));
    }

    private void awaitSite(String name, String status, String message) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(seen.ofSite(name, "Ready")).hasValueSatisfying(ready -> {
                    assertThat(ready.message()).contains(message);
                    assertThat(ready.status()).isEqualTo(status);
                }));
    }

    private void awaitHistory(String name, Verdict... verdicts) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(seen.service(name).getStatus().history())
                        .extracting(HistoryEntry::verdict)
                        .containsExactly(verdicts));
    }

    private void awaitSiteHistory(String name, Verdict... verdicts) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(seen.site(name).getStatus().history())
                        .extracting(HistoryEntry::verdict)
                        .containsExactly(verdicts));
    }
}
