package dev.ashlar.operator.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestImages;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.NamedImage;
import dev.ashlar.operator.validation.Kubectl;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which pods the API server takes where the rules are enforced, whether the operator runs or not: one good and one bad of each rule. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PodRulesIT {
    private static final Path RULES = Path.of("src/test/resources/admission");
    private static final Duration SOON = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final String namespace;
    private String image = "";

    PodRulesIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @BeforeAll
    void enforceTheRules() throws IOException {
        image = NamedImage.pulledAs(TestImages.push(client, "health"));
        client.namespaces()
                .withName(namespace)
                .edit(found -> found.edit()
                        .editMetadata()
                        .addToLabels(Labels.POLICY, Labels.ENFORCE)
                        .endMetadata()
                        .build());
        await().atMost(SOON)
                .until(() -> !verdict(RULES.resolve("privileged/bad.yaml")).isEmpty());
    }

    static Stream<Path> rules() throws IOException {
        try (Stream<Path> folders = Files.list(RULES)) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void takesTheGoodPodAndRefusesTheBadOne(Path rule) throws IOException {
        Path bad = rule.resolve("bad.yaml");
        String message = Files.readAllLines(bad).getFirst().substring("# ".length());
        String good = verdict(rule.resolve("good.yaml"));
        // A server that has no image volumes takes neither.
        assumeThat(good).doesNotContain("must specify one of the volume types").doesNotContain("spec.volumes[0]");
        assertThat(good).isEmpty();
        assertThat(verdict(bad)).contains("namespace " + namespace + " " + message);
    }

    /** Ephemeral containers come by a way of their own, into a pod that runs. */
    @Test
    void refusesToDebugWithAnImageThatIsLooseOrForeign() throws Exception {
        kubectl("run", "api", "--image=" + image, "--command", "--", "/health");

        assertThat(fails("debug", "api", "--image=localhost:5000/health", "--container=loose"))
                .contains("takes images by digest only: write localhost:5000/health with");
        assertThat(fails("debug", "api", "--image=ghcr.io/" + image.substring("localhost:5000/".length())))
                .contains("takes images of the cluster's own registry only");
        assertThat(fails("debug", "api", "--image=" + image, "--profile=sysadmin", "--container=root"))
                .contains("takes no privileged container: remove securityContext.privileged of root");
        kubectl("debug", "api", "--image=" + image, "--profile=restricted", "--container=good");
        kubectl("label", "pod", "api", "still=changes");
        kubectl("delete", "pod", "api", "--wait=false");
    }

    private void kubectl(String... arguments) throws Exception {
        Kubectl.find().run("", Kubectl.in(namespace, arguments));
    }

    private String fails(String... arguments) throws Exception {
        return Kubectl.find().fail(Kubectl.in(namespace, arguments));
    }

    private String verdict(Path pod) throws IOException {
        return DryRun.verdict(client, namespace, Files.readString(pod));
    }
}
