package dev.ashlar.operator.route.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParentTest {
    @Test
    void isNamedByItsNamespaceAndItsName() {
        assertThat(Parent.of("kube-system/traefik")).isEqualTo(new Parent("kube-system", "traefik"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "traefik", "a/b/c", "/web"})
    void saysWhatToWriteWhereNoneIsNamed(String said) {
        assertThatThrownBy(() -> Parent.of(said))
                .hasMessageContaining("ashlar.gateway-api.parent is \"%s\"", said)
                .hasMessageContaining("write NAMESPACE/NAME");
    }
}
