package dev.ashlar.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodTroubleTest {
    @Test
    void namesTheImageThatCannotBePulled() {
        assertThat(
                        PodTrouble.of(
                                List.of(
                                        pod(
                                                "a",
                                                "2026-01-01T00:00:00Z",
                                                "containerStatuses: [{name: web, ready: false, state: {waiting: {reason: ErrImagePull, message: not found}}}]"))))
                .contains("container web is waiting, ErrImagePull: not found; see kubectl -n ns describe pod a");
    }

    @Test
    void namesTheExitCodeOfACrash() {
        assertThat(PodTrouble.of(List.of(pod(
                        "a",
                        "2026-01-01T00:00:00Z",
                        "containerStatuses: [{name: web, ready: false, state: {waiting: {reason: CrashLoopBackOff}},"
                                + " lastState: {terminated: {exitCode: 3}}}]"))))
                .contains("container web ended with exit code 3; see kubectl -n ns logs a -p");
    }

    @Test
    void saysWhenNoNodeHasRoom() {
        assertThat(PodTrouble.of(List.of(pod(
                        "a",
                        "2026-01-01T00:00:00Z",
                        "conditions: [{type: PodScheduled, status: 'False', message: Insufficient memory}]"))))
                .contains("no node takes pod a: Insufficient memory");
    }

    @Test
    void judgesTheNewestPodOnly() {
        Pod old = pod(
                "old",
                "2026-01-01T00:00:00Z",
                "containerStatuses: [{name: web, ready: false, state: {waiting: {reason: ErrImagePull}}}]");
        Pod young = pod("new", "2026-01-02T00:00:00Z", "phase: Running");
        assertThat(PodTrouble.of(List.of(young, old))).isEmpty();
    }

    private static Pod pod(String name, String created, String status) {
        return Serialization.unmarshal(
                "---\n{metadata: {name: %s, namespace: ns, creationTimestamp: '%s'}, status: {%s}}"
                        .formatted(name, created, status),
                Pod.class);
    }
}
