package dev.ashlar.operator.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.operator.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {
    @Test
    void theVariableWinsOverTheLocalCluster(@TempDir Path folder) throws IOException {
        Path local = Files.createFile(folder.resolve("local"));
        Path given = Files.createFile(folder.resolve("given"));
        assertThat(Kubeconfig.value(Map.of("KUBECONFIG", given.toString()), local))
                .isEqualTo(given.toString());
        assertThat(Kubeconfig.value(Map.of("KUBECONFIG", ""), local)).isEqualTo(local.toString());
    }

    @Test
    void saysHowToGetAClusterWhenThereIsNone(@TempDir Path folder) {
        assertThatThrownBy(() -> Kubeconfig.value(Map.of(), folder.resolve("none")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("run `make up`");
        assertThatThrownBy(() -> Kubeconfig.value(Map.of("KUBECONFIG", "/nowhere"), folder.resolve("none")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("KUBECONFIG is /nowhere");
    }
}
