package dev.ashlar.operator.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.operator.cluster.machine.Component;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node is told that sets it apart from the others. */
class NodeConfigTest {
    private static final Programs PROGRAMS = Path.of("/programs")::resolve;

    @TempDir
    private Path folder;

    private NodeLayout layout(int number) {
        return new Layout(folder.resolve("cluster"), folder.resolve("registry"), Path.of("/run/ashlar"))
                .node(new NodeId(number));
    }

    @Test
    void keepsTheFirstNodesFilesWhereTheClustersAre() {
        NodeLayout first = layout(1);
        assertThat(first.root()).isEqualTo(first.cluster().root());
        assertThat(List.of(first.containerdSocket(), first.networkNamespace(), first.mountNamespace()))
                .containsExactly(
                        Path.of("/run/ashlar/containerd.sock"),
                        Path.of("/run/netns/ashlar"),
                        Path.of("/run/ashlar/namespaces/mnt"));
        assertThat(List.of(first.cgroup(), first.component("kubelet"), first.credential("kubelet")))
                .containsExactly("ashlar", "kubelet", "kubelet");
    }

    @Test
    void givesAnAddedNodeFoldersAndNamesOfItsOwn() {
        NodeLayout second = layout(2);
        assertThat(second.root()).isEqualTo(folder.resolve("cluster/nodes/ashlar-2"));
        assertThat(List.of(second.containerdSocket(), second.networkNamespace(), second.mountNamespace()))
                .containsExactly(
                        Path.of("/run/ashlar/ashlar-2/containerd.sock"),
                        Path.of("/run/netns/ashlar-2"),
                        Path.of("/run/ashlar/namespaces/ashlar-2"));
        assertThat(List.of(second.cgroup(), second.component("kubelet"), second.credential("kubelet")))
                .containsExactly("ashlar/ashlar-2", "ashlar-2/kubelet", "kubelet-ashlar-2");
    }

    @Test
    void givesPodsAddressesOfTheirNode() throws Exception {
        assertThat(podRange(1)).isEqualTo("198.18.64.0/20");
        assertThat(podRange(2)).isEqualTo("198.18.80.0/20");
    }

    private String podRange(int number) throws Exception {
        config(number).write();
        JsonNode network = json(layout(number).config("cni/10-pods.conflist"));
        return network.at("/plugins/0/ipam/ranges/0/0/subnet").asText();
    }

    @Test
    void runsTheKubeletOfEachNodeUnderItsOwnNameAddressAndGroup() throws Exception {
        NodeConfig config = config(2);
        config.write();
        JsonNode kubelet = json(config.kubelet());
        assertThat(List.of(
                        kubelet.get("address").asText(),
                        kubelet.get("cgroupRoot").asText(),
                        kubelet.get("containerRuntimeEndpoint").asText()))
                .containsExactly("198.18.0.6", "/ashlar/ashlar-2", "unix:///run/ashlar/ashlar-2/containerd.sock");
        assertThat(kubelet.get("tlsCertFile").asText()).endsWith("/pki/kubelet-server-ashlar-2.crt");

        Component component = new Node(layout(2), PROGRAMS, config).kubelet();
        assertThat(component.name()).isEqualTo("ashlar-2/kubelet");
        assertThat(component.command())
                .contains(
                        "--hostname-override=ashlar-2",
                        "--node-ip=198.18.0.6",
                        "--kubeconfig=" + folder.resolve("cluster/pki/kubelet-ashlar-2.kubeconfig"));
    }

    @Test
    void countsTheNodesByTheirFolders() throws Exception {
        Layout cluster = layout(1).cluster();
        assertThat(cluster.nodes()).containsExactly(NodeId.FIRST);
        Files.createDirectories(layout(2).root());
        assertThat(cluster.nodes()).containsExactly(NodeId.FIRST, new NodeId(2));
    }

    private NodeConfig config(int number) {
        return new NodeConfig(layout(number), PROGRAMS, "localhost:5000/pause@sha256:0");
    }

    private static JsonNode json(Path file) throws Exception {
        return new ObjectMapper().readTree(file.toFile());
    }
}
