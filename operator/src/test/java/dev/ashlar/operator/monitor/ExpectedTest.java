package dev.ashlar.operator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{content: {image: a}}",
                "{content: {image: a, replicas: 2}, services: [{name: api, image: b, replicas: 0}]}",
                "{content: {image: a, replicas: 0}, routes: [{path: /, respond: 204}]}",
                "{content: {image: a, replicas: 0}, routes: [{path: /, service: {name: api}}], services: [{name: api, image: b}]}",
                "{routes: [{path: /api, respond: 204}]}"
            })
    void aReadySiteIsToAnswer(String spec) {
        assertThat(Expected.toAnswer(ProbedSite.ready(spec))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{content: {image: a}, suspend: true}",
                "{content: {image: a}, maintenance: true}",
                "{content: {image: a, replicas: 0}}",
                "{content: {image: a, replicas: 0}, routes: [{path: /, content: {}}, {path: /api, respond: 204}]}",
                "{content: {image: a}, routes: [{path: /, service: {name: api}}], services: [{name: api, image: b, replicas: 0}]}"
            })
    void oneThatIsStoppedOnPurposeIsNot(String spec) {
        assertThat(Expected.toAnswer(ProbedSite.ready(spec))).isFalse();
    }

    @Test
    void oneThatIsNotReadyAsItIsNowIsNot() {
        assertThat(Expected.toAnswer(ProbedSite.of("{content: {image: a}}", "False")))
                .isFalse();
        Site changed = ProbedSite.ready("{content: {image: a}}");
        changed.getMetadata().setGeneration(2L);
        assertThat(Expected.toAnswer(changed)).isFalse();
        Site young = ProbedSite.ready("{content: {image: a}}");
        young.setStatus(null);
        assertThat(Expected.toAnswer(young)).isFalse();
    }
}
