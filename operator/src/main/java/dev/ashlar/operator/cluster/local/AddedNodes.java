package dev.ashlar.operator.cluster.local;

import dev.ashlar.images.host.Folders;
import dev.ashlar.operator.cluster.machine.StateFile;
import dev.ashlar.operator.cluster.node.Layout;
import dev.ashlar.operator.cluster.node.NodeId;
import dev.ashlar.operator.cluster.node.NodeLayout;
import dev.ashlar.operator.cluster.node.NodeObject;
import dev.ashlar.operator.connection.Connection;
import dev.ashlar.operator.terminal.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The nodes beside the first, once the control plane answers: those that are wanted join, the others leave. */
final class AddedNodes {
    private final Layout layout;
    private final StateFile state;
    private final Path ip;
    private final List<LocalNode> wanted;

    AddedNodes(Layout layout, StateFile state, Path ip, List<LocalNode> wanted) {
        this.layout = layout;
        this.state = state;
        this.ip = ip;
        this.wanted = wanted;
    }

    /** Returns false when there was nothing to do. */
    boolean run(Progress progress) throws IOException {
        List<NodeId> surplus = surplus();
        if (surplus.isEmpty() && wanted.stream().allMatch(LocalNode::runs)) {
            return addImages();
        }
        try (KubernetesClient client = Connection.open(layout.kubeconfig())) {
            for (NodeId id : surplus.reversed()) {
                remove(client, id, progress.start("node " + id.name()));
            }
            List<LocalNode> joining =
                    wanted.stream().filter(node -> !node.runs()).toList();
            for (LocalNode node : joining) {
                join(client, node, progress.start("node " + node.id().name()));
            }
            awaitReady(client, joining, progress);
        }
        return true;
    }

    private List<NodeId> surplus() {
        List<NodeId> ids = wanted.stream().map(LocalNode::id).toList();
        return layout.nodes().stream()
                .filter(id -> !id.isFirst() && !ids.contains(id))
                .toList();
    }

    private boolean addImages() throws IOException {
        boolean any = false;
        for (LocalNode node : wanted) {
            any |= node.addImages() > 0;
        }
        return any;
    }

    private static void join(KubernetesClient client, LocalNode node, Progress.Step step) throws IOException {
        node.place().endWhatIsCutOff();
        node.components().endOutdated(node.all());
        node.makePlace();
        node.startContainerd();
        new NodeObject(client, node.id()).ensure();
        int added = node.addImages();
        node.startRest();
        step.done("runs, %d of %d images put in".formatted(added, node.images().size()));
    }

    private static void awaitReady(KubernetesClient client, List<LocalNode> joining, Progress progress) {
        for (LocalNode node : joining) {
            Progress.Step step = progress.start("node " + node.id().name());
            node.awaitReady(client);
            step.done("is Ready");
        }
    }

    private void remove(KubernetesClient client, NodeId id, Progress.Step step) throws IOException {
        NodeLayout node = layout.node(id);
        new NodePlace(node, ip).remove();
        new NodeObject(client, id).remove();
        state.update(current -> current.without(node.component("")));
        for (Path folder : List.of(node.run(), layout.logs().resolve(id.name()), node.root())) {
            Folders.delete(folder);
        }
        step.done("is gone, and the volumes that were on it");
    }
}
