package dev.ashlar.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterKindTest {
    @Test
    void takesTheLocalClusterWhereNoDockerAnswers() {
        assertThat(ClusterKind.choose(Map.of(), () -> false)).isEqualTo(new ClusterKind.Local());
    }

    @Test
    void takesK3dWhereDockerAnswers() {
        assertThat(ClusterKind.choose(Map.of("CLUSTER", ""), () -> true)).isEqualTo(new ClusterKind.K3d());
    }

    @Test
    void obeysTheWishWithoutAskingDocker() {
        assertThat(ClusterKind.choose(Map.of("CLUSTER", "local"), () -> {
                    throw new AssertionError("asked");
                }))
                .isEqualTo(new ClusterKind.Local());
    }

    @Test
    void takesAnExistingClusterByItsKubeconfig() {
        assertThat(ClusterKind.choose(Map.of("CLUSTER", "existing", "KUBECONFIG", "/k"), () -> true))
                .isEqualTo(new ClusterKind.Existing(Path.of("/k")));
    }

    @Test
    void saysWhatIsMissingForAnExistingCluster() {
        assertThatThrownBy(() -> ClusterKind.choose(Map.of("CLUSTER", "existing"), () -> false))
                .hasMessageContaining("set it to the cluster's file");
    }

    @Test
    void refusesAnotherWord() {
        assertThatThrownBy(() -> ClusterKind.choose(Map.of("CLUSTER", "kind"), () -> false))
                .hasMessage("CLUSTER is kind; set it to existing, k3d or local, or leave it out");
    }
}
