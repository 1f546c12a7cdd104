package dev.ashlar.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.Checkout;
import dev.ashlar.images.ContentImage;
import dev.ashlar.images.Images;
import dev.ashlar.operator.cluster.local.LocalCluster;
import dev.ashlar.operator.connection.ClusterRegistry;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What every kind of cluster must be able to do, shown by one pod that holds nothing but a kubectl. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterIT {
    private static final String KUBECTL = "/content/kubectl";
    private static final String MOUNTED = "/var/run/secrets/kubernetes.io/serviceaccount";

    private final KubernetesClient client;
    private final String namespace;

    ClusterIT(KubernetesClient client, @TestNamespace String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @BeforeAll
    void startPod(@TempDir Path folder) throws IOException {
        client.configMaps().inNamespace(namespace).resource(kubeconfig()).serverSideApply();
        client.pods().inNamespace(namespace).resource(pod(push(folder))).serverSideApply();
        client.pods().inNamespace(namespace).withName("kubectl").waitUntilReady(1, TimeUnit.MINUTES);
    }

    /** The image goes through the registry, and the node pulls it by the name that is the node's own loopback. */
    private BuiltImage push(Path folder) throws IOException {
        Checkout checkout = Checkout.find();
        Images images = Images.open(checkout);
        Path content = Files.createDirectory(folder.resolve("content"));
        Files.copy(images.programs("kubernetes").resolve("kubectl"), content.resolve("kubectl"));
        BuiltImage image = ContentImage.build(images.image("pause"), content, folder.resolve("cache"), "it-kubectl");
        try (ClusterRegistry registry = ClusterRegistry.open(client)) {
            registry.push(image);
        }
        return image;
    }

    /** By the API's name, so that it must be found first, and with what the kubelet mounts into every pod. */
    private static ConfigMap kubeconfig() {
        Config config = new ConfigBuilder()
                .withCurrentContext("pod")
                .addNewCluster()
                .withName("api")
                .withNewCluster()
                .withServer("https://kubernetes.default.svc")
                .withCertificateAuthority(MOUNTED + "/ca.crt")
                .endCluster()
                .endCluster()
                .addNewUser()
                .withName("pod")
                .withNewUser()
                .addToAdditionalProperties("tokenFile", MOUNTED + "/token")
                .endUser()
                .endUser()
                .addNewContext()
                .withName("pod")
                .withNewContext()
                .withCluster("api")
                .withUser("pod")
                .endContext()
                .endContext()
                .build();
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("kubeconfig")
                .endMetadata()
                .addToData("config", Serialization.asYaml(config))
                .build();
    }

    private static Pod pod(BuiltImage image) {
        String reference = LocalCluster.reference(image);
        return new PodBuilder()
                .withNewMetadata()
                .withName("kubectl")
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName("waits")
                .withImage(reference)
                .addNewVolumeMount()
                .withName("kubeconfig")
                .withMountPath("/run/kubeconfig")
                .endVolumeMount()
                .endContainer()
                .addNewInitContainer()
                .withName("talks")
                .withImage(reference)
                .withCommand(KUBECTL, "version", "--client")
                .endInitContainer()
                .addNewVolume()
                .withName("kubeconfig")
                .withNewConfigMap()
                .withName("kubeconfig")
                .endConfigMap()
                .endVolume()
                .endSpec()
                .build();
    }

    @Test
    void givesTheLogOfAPod() {
        String log = client.pods()
                .inNamespace(namespace)
                .withName("kubectl")
                .inContainer("talks")
                .getLog();
        assertThat(log).contains("Client Version: v1.34.4");
    }

    @Test
    void answersAPodThatFindsItByNameAndTrustsItsMountedCertificate() {
        assertThat(exec(KUBECTL, "--kubeconfig=/run/kubeconfig/config", "auth", "whoami"))
                .contains("system:serviceaccount:" + namespace + ":default");
    }

    private String exec(String... command) {
        var output = new ByteArrayOutputStream();
        try (ExecWatch watch = client.pods()
                .inNamespace(namespace)
                .withName("kubectl")
                .inContainer("waits")
                .writingOutput(output)
                .writingError(output)
                .exec(command)) {
            watch.exitCode().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(String.join(" ", List.of(command)), e);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
