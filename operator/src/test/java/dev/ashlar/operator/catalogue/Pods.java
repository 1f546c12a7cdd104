package dev.ashlar.operator.catalogue;

import static org.awaitility.Awaitility.await;

import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.operator.cluster.TestImages;
import dev.ashlar.operator.kube.NamedImage;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;

/** Runs images of the tree in pods of one namespace, where the API server enforces the restricted pod security standard. */
final class Pods {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final KubernetesClient client;
    private final String namespace;
    private final Images images;

    Pods(KubernetesClient client, String namespace) {
        this(client, namespace, Images.open(Checkout.find()));
    }

    Pods(KubernetesClient client, String namespace, Images images) {
        this.client = client;
        this.namespace = namespace;
        this.images = images;
        client.namespaces()
                .withName(namespace)
                .edit(found -> found.edit()
                        .editMetadata()
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build());
    }

    /** What a pod that ended leaves: its exit code and all that it printed. */
    record Finished(int code, String log) {}

    /** Starts a pod and waits until it is ready; closing it removes it. */
    RunningPod start(Workload workload) throws IOException {
        PodResource pod = create(workload);
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
                Pod now = live(pod);
                return Readiness.isPodReady(now) || ended(now).isPresent();
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "%s is not ready: %s\n%s"
                            .formatted(workload.image(), live(pod).getStatus(), pod.getLog()),
                    e);
        }
        if (ended(live(pod)).isPresent()) {
            throw new AssertionError(workload.image() + " ended: " + pod.getLog());
        }
        return new RunningPod(pod, live(pod).getStatus().getPodIP());
    }

    /** Runs a pod to its end. */
    Finished run(Workload workload) throws IOException {
        PodResource pod = create(workload);
        ContainerStateTerminated end = await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> ended(live(pod)), Optional::isPresent)
                .orElseThrow();
        Finished finished = new Finished(end.getExitCode(), pod.getLog());
        pod.delete();
        return finished;
    }

    private PodResource create(Workload workload) throws IOException {
        String name = workload.image() + "-" + NUMBER.incrementAndGet();
        WorkloadPod wanted = new WorkloadPod(name, push(workload.image()), workload);
        client.configMaps().inNamespace(namespace).resource(wanted.files()).create();
        PodResource pod = client.pods().inNamespace(namespace).withName(name);
        client.pods().inNamespace(namespace).resource(wanted.pod()).create();
        return pod;
    }

    /** Builds the image if it is not built, pushes what the cluster's registry lacks, and returns the name that nodes pull by. */
    private String push(String name) throws IOException {
        return NamedImage.pulledAs(TestImages.push(client, images.image(name)));
    }

    private static Pod live(PodResource pod) {
        return pod.require();
    }

    private static Optional<ContainerStateTerminated> ended(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .map(status -> status.getState().getTerminated())
                .filter(java.util.Objects::nonNull)
                .findFirst();
    }
}
