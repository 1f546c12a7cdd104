package dev.ashlar.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.connection.ClusterRegistry;
import dev.ashlar.operator.rollout.Page;
import dev.ashlar.operator.rollout.RolloutKind;
import dev.ashlar.operator.rollout.Rollouts;
import dev.ashlar.operator.rollout.SiteUrl;
import dev.ashlar.operator.rollout.Target;
import dev.ashlar.operator.terminal.Progress;
import dev.ashlar.operator.validation.Kubectl;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The samples, all applied together in a namespace of the test's own, which takes only pods of the strictest kind, and the essential thing of each. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SamplesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final KubernetesClient client;
    private final String namespace;
    private final Checkout checkout = Checkout.find();

    SamplesIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @BeforeAll
    void areReady() throws Exception {
        kubectl("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted");
        Overlay samples = Overlay.of(checkout, "dev/samples");
        Path pinned = samples.pin(push(manifests(samples.folder()).images()), Optional.empty());
        Path here = Files.createDirectories(checkout.root().resolve("target/deploy/it-samples"));
        Files.writeString(
                here.resolve("kustomization.yaml"),
                "{namespace: %s, resources: [%s]}".formatted(namespace, here.relativize(pinned)));

        kubectl("apply", "--server-side", "--force-conflicts", "-k", here.toString());

        List<Target> targets = manifests(here).targets();
        assertThat(targets).hasSize(5).allMatch(target -> target.namespace().equals(namespace));
        new Rollouts(client, Progress.onStderr(), PATIENCE).await(targets);
    }

    @Test
    void theSiteServesItsPages() {
        URI url = SiteUrl.of(client, new Target(RolloutKind.SITE, namespace, "pictures"));
        assertThat(Page.fetch(url, Duration.ofSeconds(30)).title()).contains("Reference");
    }

    @Test
    void whatOneServiceWritesTheOtherShowsAndTheWorkerLists() throws Exception {
        assertThat(python("urlopen(Request('http://pictures-upload:8080/stone.txt', b'ashlar', method='PUT')).status"))
                .isEqualTo("201");
        assertThat(python("urlopen('http://pictures-show:8080/stone.txt').read().decode()"))
                .isEqualTo("ashlar");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(python("open('/pictures/index.txt').read()")).contains("stone.txt 6"));
    }

    @Test
    void theNightlyJobRunsByHandToo() throws Exception {
        kubectl("-n", namespace, "create", "job", "now", "--from=cronjob/pictures-nightly");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(message("asvc/pictures-nightly")).isEqualTo("The last run ended well."));
    }

    @Test
    void theDatabaseHasItsSchema() throws Exception {
        assertThat(kubectl(
                        "-n",
                        namespace,
                        "exec",
                        "database-0",
                        "--",
                        "psql",
                        "--username=postgres",
                        "-At",
                        "--command=insert into session (visitor) values ('mason') returning visitor"))
                .startsWith("mason\n");
    }

    @Test
    void theAgentAnswersForItsNode() throws Exception {
        assertThat(python("urlopen('http://agent:8080/metrics').read().decode()"))
                .containsPattern("node_load1 \\d+\\.\\d+\nnode_free_kilobytes \\d+");
    }

    @Test
    void theOneShotJobMadeItsRepository() throws Exception {
        assertThat(kubectl("-n", namespace, "logs", "-l", "ashlar.dev/owner=repository"))
                .isEqualTo("Initialized empty Git repository in /data/wall.git/\n");
        assertThat(message("asvc/repository")).isEqualTo("The run ended well.");
    }

    private SortedMap<String, String> push(SortedSet<String> names) throws IOException {
        Images images = Images.open(checkout);
        var digests = new TreeMap<String, String>();
        try (ClusterRegistry registry = ClusterRegistry.open(client)) {
            for (String name : names) {
                var image = images.image(name);
                registry.push(image);
                digests.put(name, image.digest());
            }
        }
        return digests;
    }

    /** The value of an expression, evaluated beside a service of the Site. */
    private String python(String expression) throws Exception {
        return kubectl(
                        "-n",
                        namespace,
                        "exec",
                        "deploy/pictures-show",
                        "--",
                        "/usr/bin/python3.11",
                        "-c",
                        "from urllib.request import Request, urlopen; print(" + expression + ")")
                .strip();
    }

    private String message(String resource) throws Exception {
        return kubectl(
                "-n", namespace, "get", resource, "-o", "jsonpath={.status.conditions[?(@.type==\"Ready\")].message}");
    }

    private static Manifests manifests(Path folder) throws Exception {
        return Manifests.parse(kubectl("kustomize", folder.toString()));
    }

    private static String kubectl(String... arguments) throws Exception {
        return Kubectl.find().run("", Stream.of(arguments).toList());
    }
}
