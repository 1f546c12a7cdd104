package dev.ashlar.operator.cluster.node;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** The objects that the control plane needs before a kubelet starts. */
public final class ApiServer {
    private final KubernetesClient client;

    public ApiServer(KubernetesClient client) {
        this.client = client;
    }

    public boolean ready() {
        try {
            return "ok".equals(client.raw("/readyz"));
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    public void prepare() {
        createUnlessThere(kubeletClients());
        createUnlessThere(node());
    }

    public boolean nodeReady() {
        try {
            var node = client.nodes().withName(Layout.NODE_NAME).get();
            return node != null
                    && node.getStatus().getConditions().stream()
                            .anyMatch(condition -> condition.getType().equals("Ready")
                                    && condition.getStatus().equals("True"));
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private void createUnlessThere(HasMetadata object) {
        if (client.resource(object).get() == null) {
            client.resource(object).create();
        }
    }

    /** Lets the API server read logs and run commands through the kubelet. */
    private static HasMetadata kubeletClients() {
        return new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName("ashlar:kubelet-clients")
                .endMetadata()
                .withNewRoleRef()
                .withApiGroup("rbac.authorization.k8s.io")
                .withKind("ClusterRole")
                .withName("system:kubelet-api-admin")
                .endRoleRef()
                .addNewSubject()
                .withApiGroup("rbac.authorization.k8s.io")
                .withKind("Group")
                .withName(ClusterPki.KUBELET_CLIENTS)
                .endSubject()
                .build();
    }

    /**
     * The node before its kubelet is there: a kubelet that finds itself, with a Ready condition, reports the moment it is
     * ready; else it registers first and reports with its next ten-second turn.
     */
    private static HasMetadata node() {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(Layout.NODE_NAME)
                .addToLabels("kubernetes.io/hostname", Layout.NODE_NAME)
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
}
