package dev.ashlar.operator.rollout;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;

/** Where a Site answers: what the operator says in its status. */
public final class SiteAddress {
    private SiteAddress() {}

    /** The URL, ending in a slash. */
    public static URI of(KubernetesClient client, Target site) {
        GenericKubernetesResource object = client.genericKubernetesResources(
                        site.kind().context())
                .inNamespace(site.namespace())
                .withName(site.name())
                .get();
        String url = object != null && object.get("status", "url") instanceof String said
                ? said
                : "http://%s.%s.localhost:8080".formatted(site.name(), site.namespace());
        return URI.create(url.endsWith("/") ? url : url + "/");
    }
}
