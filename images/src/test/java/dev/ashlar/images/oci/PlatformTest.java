package dev.ashlar.images.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Sha256;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlatformTest {
    @Test
    void isThisMachinesAloneWhenNoneIsNamed() {
        assertThat(Platform.wanted(Map.of())).containsExactly(Platform.own());
        assertThat(Platform.wanted(Map.of("PLATFORMS", " "))).containsExactly(Platform.own());
    }

    @Test
    void hasOneOrderHoweverTheyAreNamed() {
        assertThat(Platform.wanted(Map.of("PLATFORMS", "linux/arm64, linux/amd64,linux/arm64")))
                .containsExactly(Platform.AMD64, Platform.ARM64);
    }

    @Test
    void refusesOneThatNothingIsMadeFor() {
        assertThatThrownBy(() -> Platform.wanted(Map.of("PLATFORMS", "linux/amd64,linux/riscv64")))
                .isInstanceOf(BuildException.class)
                .hasMessage(
                        "PLATFORMS names linux/riscv64; write linux/amd64, linux/arm64, or both with a comma between");
    }

    @Test
    void isPartOfACacheKey() {
        assertThat(key(Platform.ARM64)).isNotEqualTo(key(Platform.AMD64));
    }

    private static String key(Platform platform) {
        Sha256 inputs = new Sha256().add("x", "y");
        platform.addTo(inputs);
        return inputs.hex();
    }
}
