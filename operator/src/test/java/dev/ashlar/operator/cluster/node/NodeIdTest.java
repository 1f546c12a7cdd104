package dev.ashlar.operator.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NodeIdTest {
    private static final List<NodeId> ALL = NodeId.firstOf(NodeId.MOST);

    @Test
    void keepsForTheFirstWhatAClusterOfOneHas() {
        NodeId first = NodeId.FIRST;
        assertThat(List.of(first.name(), first.address(), first.gateway(), first.link(), first.pods()))
                .containsExactly("ashlar", "198.18.0.2", "198.18.0.1", "198.18.0.0/30", "198.18.64.0/20");
    }

    @Test
    void countsTheOthersOnFromThere() {
        NodeId third = new NodeId(3);
        assertThat(List.of(third.name(), third.address(), third.gateway(), third.link(), third.pods()))
                .containsExactly("ashlar-3", "198.18.0.10", "198.18.0.9", "198.18.0.8/30", "198.18.96.0/20");
    }

    @Test
    void givesNoAddressTwice() {
        assertThat(ALL)
                .flatExtracting(NodeId::name, NodeId::address, NodeId::gateway, NodeId::link, NodeId::pods)
                .doesNotHaveDuplicates();
    }

    /** The pods of the last end at 198.18.143.255; Services begin at 198.19.0.0. */
    @Test
    void staysBelowTheServices() {
        assertThat(ALL.getLast().pods()).isEqualTo("198.18.128.0/20");
        assertThat(Addresses.SERVICES).isEqualTo("198.19.0.0/16");
    }
}
