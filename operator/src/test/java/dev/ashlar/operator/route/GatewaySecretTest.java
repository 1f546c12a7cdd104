package dev.ashlar.operator.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GatewaySecretTest {
    @Test
    void readsWhatItWroteAndNothingOfWhatIsDamaged() {
        var config = JsonNodeFactory.instance.objectNode().put("a", 1);
        byte[] packed = GatewaySecret.packed(config);
        assertThat(GatewaySecret.packed(config)).isEqualTo(packed);
        assertThat(GatewaySecret.unpacked(packed)).isEqualTo(config);
        packed[packed.length / 2] ^= 1;
        assertThat(GatewaySecret.unpacked(packed).isMissingNode()).isTrue();
        assertThat(GatewaySecret.unpacked(new byte[0]).isMissingNode()).isTrue();
        assertThat(GatewaySecret.unpacked("no gzip".getBytes(StandardCharsets.UTF_8))
                        .isMissingNode())
                .isTrue();
    }
}
