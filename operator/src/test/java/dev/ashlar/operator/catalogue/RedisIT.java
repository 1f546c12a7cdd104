package dev.ashlar.operator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class RedisIT {
    private static final int PORT = 6379;
    private final Pods pods;

    RedisIT(@TestNamespace String namespace, KubernetesClient client) {
        pods = new Pods(client, namespace);
    }

    @Test
    void getsWhatWasSetAndWritesItToItsVolume() throws Exception {
        try (RunningPod redis = pods.start(Workload.of("redis").port(PORT))) {
            assertThat(redis.ask(PORT, "SET stone ashlar\r\n")).isEqualTo("+OK\r\n");
            assertThat(redis.ask(PORT, "GET stone\r\n")).isEqualTo("$6\r\nashlar\r\n");
            assertThat(redis.ask(PORT, "EVAL 'return redis.call(\"STRLEN\",\"stone\")' 0\r\n"))
                    .isEqualTo(":6\r\n");
            assertThat(redis.exec("/redis-cli", "CONFIG", "GET", "dir").out()).contains("/data");
        }
    }
}
