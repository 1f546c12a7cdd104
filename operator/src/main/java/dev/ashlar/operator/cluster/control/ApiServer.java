package dev.ashlar.operator.cluster.control;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** The API server as the one who starts it sees it, and what it needs before a kubelet starts. */
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
        HasMetadata binding = kubeletClients();
        if (client.resource(binding).get() == null) {
            client.resource(binding).create();
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
}
