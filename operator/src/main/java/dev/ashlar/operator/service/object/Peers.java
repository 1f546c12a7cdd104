package dev.ashlar.operator.service.object;

import dev.ashlar.operator.kube.Labels;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One end of a connection, as a NetworkPolicy names it. */
final class Peers {
    private Peers() {}

    /** The one of them that is given; a service of a site is called SITE-SERVICE. */
    static NetworkPolicyPeer of(@Nullable String service, @Nullable String site, @Nullable String cidr) {
        if (service != null) {
            return pods(Map.of(Labels.OWNER, site == null ? service : site + "-" + service));
        }
        return site == null ? range(Objects.requireNonNull(cidr)) : site(site);
    }

    /** All pods of a Site in the same namespace. */
    static NetworkPolicyPeer site(String site) {
        return pods(Map.of(Labels.SITE, site));
    }

    /** All pods of the same namespace. */
    static NetworkPolicyPeer namespace() {
        return pods(Map.of());
    }

    /** All pods of another namespace. */
    static NetworkPolicyPeer namespace(String name) {
        return new NetworkPolicyPeerBuilder()
                .withNewNamespaceSelector()
                .withMatchLabels(Map.of("kubernetes.io/metadata.name", name))
                .endNamespaceSelector()
                .build();
    }

    /** All pods, in every namespace, that belong to no Site. */
    static NetworkPolicyPeer siteless() {
        return new NetworkPolicyPeerBuilder()
                .withNewNamespaceSelector()
                .endNamespaceSelector()
                .withNewPodSelector()
                .addNewMatchExpression()
                .withKey(Labels.SITE)
                .withOperator("DoesNotExist")
                .endMatchExpression()
                .endPodSelector()
                .build();
    }

    static NetworkPolicyPeer range(String cidr) {
        return new NetworkPolicyPeerBuilder()
                .withNewIpBlock()
                .withCidr(cidr)
                .endIpBlock()
                .build();
    }

    private static NetworkPolicyPeer pods(Map<String, String> labels) {
        return new NetworkPolicyPeerBuilder()
                .withNewPodSelector()
                .withMatchLabels(labels)
                .endPodSelector()
                .build();
    }
}
