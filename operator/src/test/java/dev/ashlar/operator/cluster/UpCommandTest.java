package dev.ashlar.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpCommandTest {
    @Test
    void leavesTheNumberOfNodesAsItIsWhenNoneIsGiven() {
        assertThat(UpCommand.count(new ClusterKind.Local(), null)).isEmpty();
        assertThat(UpCommand.count(new ClusterKind.K3d(), null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void takesANumberOfNodes(int nodes) {
        assertThat(UpCommand.count(new ClusterKind.Local(), nodes)).hasValue(nodes);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 6})
    void saysHowManyNodesThereMayBe(int nodes) {
        assertThatThrownBy(() -> UpCommand.count(new ClusterKind.Local(), nodes))
                .hasMessage("a local cluster has 1 to 5 nodes, not %d: correct NODES (--nodes)", nodes);
    }

    @Test
    void takesNoNumberForAClusterOfSomebodyElse() {
        assertThatThrownBy(() -> UpCommand.count(new ClusterKind.Existing(Path.of("/k")), 3))
                .hasMessageContaining("leave NODES (--nodes) out");
    }
}
