package dev.ashlar.operator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class CountedPodsTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void countsRestartsThatItSees() {
        Metrics.addRegistry(meters);
        try {
            CountedPods pods = new CountedPods();
            for (Pod pod : new Pod[] {pod("a", 7), pod("a", 7), pod("a", 9), pod("b", 3), pod("b", 4)}) {
                pods.put("team/shop-api", pod);
            }
            assertThat(meters.get("ashlar.restarts")
                            .tags("namespace", "team", "site", "shop", "service", "shop-api")
                            .counter()
                            .count())
                    .isEqualTo(2 + 1);
        } finally {
            Metrics.removeRegistry(meters);
        }
    }

    private static Pod pod(String uid, int restarts) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("team")
                .withName("shop-api")
                .withUid(uid)
                .addToLabels("ashlar.dev/owner", "shop-api")
                .addToLabels("ashlar.dev/site", "shop")
                .endMetadata()
                .withNewStatus()
                .addNewContainerStatus()
                .withRestartCount(restarts)
                .endContainerStatus()
                .endStatus()
                .build();
    }
}
