package dev.ashlar.operator.cluster.node;

import java.util.List;
import java.util.Map;

/** The kubelet's configuration file. */
public final class KubeletConfig {
    private final NodeLayout layout;

    public KubeletConfig(NodeLayout layout) {
        this.layout = layout;
    }

    public Map<String, Object> content() {
        String server = layout.credential("kubelet-server");
        return Map.ofEntries(
                Map.entry("apiVersion", "kubelet.config.k8s.io/v1beta1"),
                Map.entry("kind", "KubeletConfiguration"),
                Map.entry("address", layout.id().address()),
                Map.entry("readOnlyPort", 0),
                Map.entry("tlsCertFile", layout.cluster().certificate(server).toString()),
                Map.entry("tlsPrivateKeyFile", layout.cluster().key(server).toString()),
                Map.entry("authentication", authentication()),
                Map.entry("authorization", Map.of("mode", "Webhook")),
                Map.entry("containerRuntimeEndpoint", "unix://" + layout.containerdSocket()),
                Map.entry("cgroupDriver", "cgroupfs"),
                Map.entry("cgroupRoot", "/" + layout.cgroup()),
                Map.entry("failSwapOn", false),
                Map.entry("failCgroupV1", false),
                Map.entry("seccompDefault", true),
                Map.entry("clusterDNS", List.of(Addresses.DNS_SERVICE)),
                Map.entry("clusterDomain", "cluster.local"),
                // The pods' network has no way out of this machine, so the host's resolver is of no use to them.
                Map.entry("resolvConf", ""),
                Map.entry("volumePluginDir", layout.data("flex-volumes").toString()),
                // A developer's disk is often nearly full; nothing may be evicted or collected because of that.
                Map.entry("evictionHard", Map.of("memory.available", "0%", "nodefs.available", "0%")),
                Map.entry("imageGCHighThresholdPercent", 100),
                Map.entry("maxPods", 500),
                Map.entry("featureGates", Map.of("ImageVolume", true)),
                Map.entry("serializeImagePulls", false));
    }

    private Map<String, Object> authentication() {
        return Map.of(
                "anonymous",
                Map.of("enabled", false),
                "webhook",
                Map.of("enabled", true),
                "x509",
                Map.of("clientCAFile", layout.cluster().certificate("ca").toString()));
    }
}
