package dev.ashlar.operator.service.plan;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import java.util.List;
import java.util.stream.Stream;

/**
 * What of the network is the cluster's own.
 *
 * @param ranges address ranges of pods, Services and the API server, like {@code 10.42.0.0/16}
 * @param gateways the namespaces of the pods that requests from outside come through
 */
public record ClusterNetwork(List<String> ranges, List<String> gateways) {
    private static final String METADATA = "169.254.0.0/16";
    private static final String METADATA_V6 = "fe80::/10";

    /** Everywhere but the cluster and where clouds answer for their machines. */
    public Stream<NetworkPolicyPeer> outside() {
        return Stream.of(block("0.0.0.0/0", METADATA, false), block("::/0", METADATA_V6, true));
    }

    private NetworkPolicyPeer block(String all, String metadata, boolean six) {
        List<String> except = Stream.concat(
                        ranges.stream().filter(range -> range.contains(":") == six), Stream.of(metadata))
                .sorted()
                .toList();
        return new NetworkPolicyPeerBuilder()
                .withNewIpBlock()
                .withCidr(all)
                .withExcept(except)
                .endIpBlock()
                .build();
    }
}
