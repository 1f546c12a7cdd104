package dev.ashlar.operator.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworkTest {
    @Test
    void writesARangeAsTheKernelListsRoutes() {
        assertThat(Network.inProc("198.19.0.0/16")).isEqualTo("000013C6");
        assertThat(Network.inProc("198.18.80.0/20")).isEqualTo("005012C6");
    }
}
