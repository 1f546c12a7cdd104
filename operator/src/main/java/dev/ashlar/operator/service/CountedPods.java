package dev.ashlar.operator.service;

import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.TrimmedStore;
import dev.ashlar.operator.service.verdict.TrimmedPod;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.micrometer.core.instrument.Metrics;
import org.jspecify.annotations.Nullable;

/** What is kept of the watched pods, and how often their containers were started again since this process watches, as {@code ashlar_restarts_total}. */
final class CountedPods extends TrimmedStore<Pod> {
    CountedPods() {
        super(TrimmedPod::of);
    }

    @Override
    public @Nullable Pod put(String key, Pod pod) {
        Pod before = super.put(key, pod);
        if (before != null
                && before.getMetadata().getUid().equals(pod.getMetadata().getUid())) {
            count(pod, restarts(pod) - restarts(before));
        }
        return before;
    }

    private static void count(Pod pod, int restarts) {
        if (restarts > 0) {
            var metadata = pod.getMetadata();
            Metrics.counter(
                            "ashlar.restarts",
                            "namespace",
                            metadata.getNamespace(),
                            "site",
                            metadata.getLabels().getOrDefault(Labels.SITE, ""),
                            "service",
                            Labels.owner(pod).orElse(""))
                    .increment(restarts);
        }
    }

    private static int restarts(Pod pod) {
        return pod.getStatus() == null
                ? 0
                : pod.getStatus().getContainerStatuses().stream()
                        .mapToInt(ContainerStatus::getRestartCount)
                        .sum();
    }
}
