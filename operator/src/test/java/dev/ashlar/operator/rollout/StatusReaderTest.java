package dev.ashlar.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class StatusReaderTest {
    @Test
    void aStatusOfAnOlderGenerationSaysNothing() {
        assertThat(read(
                        RolloutKind.SITE,
                        "{observedGeneration: 1, conditions: [{type: Ready, status: 'True', message: m}]}"))
                .isEqualTo(
                        new Observation.Waiting("asked for; if that stays so, see kubectl -n ashlar-system get pods"));
    }

    @Test
    void aSiteIsReadyWhenItsConditionSaysSo() {
        assertThat(read(
                        RolloutKind.SITE,
                        "{observedGeneration: 2, conditions: [{type: Ready, status: 'True', message: m}]}"))
                .isInstanceOf(Observation.Ready.class);
    }

    @Test
    void aSiteThatWaitsSaysWhy() {
        assertThat(read(
                        RolloutKind.SITE,
                        "{observedGeneration: 2, conditions: [{type: Ready, status: 'False', message: no room}]}"))
                .isEqualTo(new Observation.Waiting("no room"));
    }

    @Test
    void aStalledSiteEndsTheWait() {
        assertThat(read(
                        RolloutKind.SITE,
                        "{observedGeneration: 2, conditions: [{type: Ready, status: 'False', message: a},"
                                + " {type: Stalled, status: 'True', message: name taken}]}"))
                .isEqualTo(new Observation.Failed("name taken"));
    }

    @Test
    void aDeploymentWaitsForTheNewPodsAndThenForTheOldToEnd() {
        assertThat(read(
                        RolloutKind.DEPLOYMENT,
                        "{observedGeneration: 2, replicas: 3, updatedReplicas: 1, availableReplicas: 2}"))
                .isEqualTo(new Observation.Waiting("1 of 2 pods ready"));
        assertThat(read(
                        RolloutKind.DEPLOYMENT,
                        "{observedGeneration: 2, replicas: 3, updatedReplicas: 2, availableReplicas: 2}"))
                .isEqualTo(new Observation.Waiting("1 of the old pods still to end"));
        assertThat(read(
                        RolloutKind.DEPLOYMENT,
                        "{observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2}"))
                .isInstanceOf(Observation.Ready.class);
    }

    @Test
    void aDaemonSetCountsNodes() {
        assertThat(
                        read(
                                RolloutKind.DAEMON_SET,
                                "{observedGeneration: 2, desiredNumberScheduled: 1, updatedNumberScheduled: 1, numberAvailable: 0}"))
                .isEqualTo(new Observation.Waiting("0 of 1 pods ready"));
    }

    private static Observation read(RolloutKind kind, String status) {
        return StatusReader.read(
                kind,
                Serialization.unmarshal(
                        "---\n{metadata: {name: x, generation: 2}, spec: {replicas: 2}, status: " + status + "}",
                        GenericKubernetesResource.class));
    }
}
