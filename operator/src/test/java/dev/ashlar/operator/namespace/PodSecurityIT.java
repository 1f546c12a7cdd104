package dev.ashlar.operator.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.images.Checkout;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/** Which of Ashlar's own pods the pod security standard `restricted` would refuse, as the API server says. */
@ExtendWith(ClusterExtension.class)
class PodSecurityIT {
    /** The forwarder is on the node's loopback; the helper makes folders of the node, as root. */
    private static final Set<String> EXCEPTIONS = Set.of("registry-forwarder", "storage helper");

    @Test
    void refusesNoneButTheExceptions(KubernetesClient client, @TestNamespace String namespace) throws Exception {
        assertThat(new CommandLine(new NamespaceCommand()).execute(namespace, "--enforce"))
                .isZero();
        Pod helper = helper();
        await().atMost(Duration.ofSeconds(10)).until(() -> isRefused(client, namespace, "helper", helper.getSpec()));
        Map<String, PodSpec> pods = new TreeMap<>(Map.of("storage helper", helper.getSpec()));
        Stream.of("ashlar-system", "ashlar-storage").forEach(own -> addWorkloads(client, own, pods));
        assertThat(pods).containsKeys("operator", "registry", "registry-forwarder", "health");

        SortedSet<String> refused = new TreeSet<>();
        pods.forEach((name, spec) -> {
            if (isRefused(client, namespace, name, spec)) {
                refused.add(name);
            }
        });

        assertThat(refused).containsExactlyInAnyOrderElementsOf(EXCEPTIONS);
    }

    private static void addWorkloads(KubernetesClient client, String namespace, Map<String, PodSpec> pods) {
        client.apps()
                .deployments()
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(each ->
                        pods.put(name(each), each.getSpec().getTemplate().getSpec()));
        client.apps()
                .daemonSets()
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(each ->
                        pods.put(name(each), each.getSpec().getTemplate().getSpec()));
        client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(each ->
                        pods.put(name(each), each.getSpec().getTemplate().getSpec()));
    }

    private static String name(HasMetadata workload) {
        return workload.getMetadata().getName();
    }

    /** As the provisioner makes it: with a folder of the node. */
    private static Pod helper() throws IOException {
        String text = Files.readString(Checkout.find().root().resolve("overlays/dev/storage/helper-pod.yaml"));
        return new PodBuilder(Serialization.unmarshal(text, Pod.class))
                .editSpec()
                .addNewVolume()
                .withName("data")
                .withNewHostPath("/var/lib/ashlar/volumes", "DirectoryOrCreate")
                .endVolume()
                .endSpec()
                .build();
    }

    /** Asks by a pod of the same make; whatever else stands in its way is taken out. */
    private static boolean isRefused(KubernetesClient client, String namespace, String name, PodSpec spec) {
        PodSpec alone = spec.edit()
                .withServiceAccountName(null)
                .withServiceAccount(null)
                .build();
        alone.getContainers().forEach(container -> container.setImage("localhost:5000/x@sha256:" + "0".repeat(64)));
        alone.getInitContainers().forEach(container -> container.setImage("localhost:5000/x@sha256:" + "0".repeat(64)));
        Pod pod = new PodBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withName(name.replace(' ', '-'))
                        .withNamespace(namespace)
                        .build())
                .withSpec(alone)
                .build();
        try {
            client.resource(pod).dryRun().create();
            return false;
        } catch (KubernetesClientException e) {
            assertThat(e.getMessage()).contains("violates PodSecurity \"restricted");
            return true;
        }
    }
}
