package dev.ashlar.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class BootstrapRegistryTest {
    private static final Optional<BootstrapRegistry> OTHER =
            Optional.of(new BootstrapRegistry("registry.example.org/a"));

    @Test
    void isWhereTheRunningRegistryWasPulledFrom() {
        assertThat(BootstrapRegistry.of("registry.example.org/a/registry@sha256:ab"))
                .isEqualTo(OTHER);
    }

    @Test
    void isNoneWhereTheNodesWereHandedTheImages() {
        assertThat(BootstrapRegistry.of("localhost:5000/registry@sha256:ab")).isEmpty();
    }

    @Test
    void isTheHomeOfTheRegistryAlone() {
        assertThat(Overlay.home("registry-forwarder", OTHER)).isEqualTo("registry.example.org/a/");
        assertThat(Overlay.home("nginx", OTHER)).isEqualTo("localhost:5000/");
        assertThat(Overlay.home("registry", Optional.empty())).isEqualTo("localhost:5000/");
    }
}
