package dev.ashlar.operator.rollout;

import dev.ashlar.operator.terminal.Failure;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;

/** Where a Site answers, which the operator alone knows and says in the status. */
public final class SiteUrl {
    private SiteUrl() {}

    /** The URL of a Site that was waited for, ending in a slash. */
    public static URI of(KubernetesClient client, Target site) {
        GenericKubernetesResource object = client.genericKubernetesResources(
                        site.kind().context())
                .inNamespace(site.namespace())
                .withName(site.name())
                .get();
        if (object != null && object.get("status", "url") instanceof String url) {
            return URI.create(url.endsWith("/") ? url : url + "/");
        }
        throw new Failure("%s has no status.url any more; `kubectl -n %s get site %s` shows what became of it"
                .formatted(site, site.namespace(), site.name()));
    }
}
