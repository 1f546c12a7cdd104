package dev.ashlar.operator.namespace;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Objects;

/** What the API server would say to a resource. */
final class DryRun {
    private DryRun() {}

    /** Why it would be refused; empty when it would not. */
    static String verdict(KubernetesClient client, String namespace, String yaml) {
        try {
            client.resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                    .inNamespace(namespace)
                    .dryRun()
                    .create();
            return "";
        } catch (KubernetesClientException refused) {
            return Objects.requireNonNull(refused.getStatus(), refused::toString)
                    .getMessage();
        }
    }
}
