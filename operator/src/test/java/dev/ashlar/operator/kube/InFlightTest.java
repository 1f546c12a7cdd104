package dev.ashlar.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final InFlight<ConfigMap> written = new InFlight<>();

    @Test
    void isNewerThanACacheThatLagsBehind() {
        written.put(object("a", 7));

        assertThat(written.newest(object("a", 6))).isEqualTo(object("a", 7));
        assertThat(written.newest(object("b", 6))).isEqualTo(object("b", 6));
        assertThat(written.newest(object("a", 8))).isEqualTo(object("a", 8));
        assertThat(written.newest(object("a", 6))).isEqualTo(object("a", 6));
    }

    @Test
    void knowsItsOwnWriteFromThoseOfOthers() {
        written.put(object("a", 7));

        assertThat(written.isOwn(object("a", 6))).isFalse();
        assertThat(written.isOwn(object("a", 7))).isTrue();
        assertThat(written.isOwn(object("a", 8))).isFalse();
        assertThat(written.isOwn(object("b", 7))).isFalse();
        assertThat(written.newest(object("a", 6)))
                .as("a cache may still lag behind")
                .isEqualTo(object("a", 7));
    }

    private static ConfigMap object(String name, int version) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("demo")
                .withName(name)
                .withResourceVersion(Integer.toString(version))
                .endMetadata()
                .build();
    }
}
