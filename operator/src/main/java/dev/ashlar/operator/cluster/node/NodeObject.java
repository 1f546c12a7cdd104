package dev.ashlar.operator.cluster.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.Map;
import java.util.TreeMap;

/** A node as the API knows it. */
public final class NodeObject {
    private final KubernetesClient client;
    private final NodeId id;
    private final Resource<Node> resource;

    public NodeObject(KubernetesClient client, NodeId id) {
        this.client = client;
        this.id = id;
        this.resource = client.nodes().withName(id.name());
    }

    public void ensure() {
        Node live = resource.get();
        if (live == null) {
            client.resource(desired()).create();
        } else if (!live.getMetadata().getLabels().entrySet().containsAll(labels().entrySet())) {
            resource.edit(node -> node.edit()
                    .editMetadata()
                    .addToLabels(labels())
                    .endMetadata()
                    .build());
        }
    }

    public boolean ready() {
        try {
            Node live = resource.get();
            return live != null && Readiness.isNodeReady(live);
        } catch (KubernetesClientException silent) {
            return false;
        }
    }

    /** Takes it, and the pods that nobody ends any more, out of the API, so that their owners make others at once. */
    public void remove() {
        resource.delete();
        client.pods()
                .inAnyNamespace()
                .withField("spec.nodeName", id.name())
                .withGracePeriod(0)
                .delete();
    }

    /**
     * The node before its kubelet is there: a kubelet that finds itself, with a Ready condition, reports the moment it is
     * ready; else it registers first and reports with its next ten-second turn.
     */
    private Node desired() {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(id.name())
                .addToLabels(labels())
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withConditions(new NodeConditionBuilder()
                        .withType("Ready")
                        .withStatus("False")
                        .withReason("KubeletNotStarted")
                        .build())
                .endStatus()
                .build();
    }

    /** A machine is one zone, however many nodes it plays; the first node takes ordinary pods beside the control plane. */
    private Map<String, String> labels() {
        var labels = new TreeMap<>(Map.of("kubernetes.io/hostname", id.name(), "topology.kubernetes.io/zone", "local"));
        if (id.isFirst()) {
            labels.put("node-role.kubernetes.io/control-plane", "");
        }
        return labels;
    }
}
