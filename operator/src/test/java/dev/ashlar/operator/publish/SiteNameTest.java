package dev.ashlar.operator.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.operator.terminal.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "Shop", "1shop", "shop-", "my_shop", "a.b"})
    void refusesWhatTheApiServerWouldRefuse(String name) {
        assertThatThrownBy(() -> new SiteName(name))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("lower-case letters");
    }

    @Test
    void countsTheCharacters() {
        assertThat(new SiteName("a".repeat(30)).value()).hasSize(30);
        assertThatThrownBy(() -> new SiteName("a".repeat(31))).hasMessageContaining("31 characters");
    }
}
