package dev.ashlar.operator.cluster.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The configuration files of containerd, the CNI plugins and the kubelet. */
final class NodeConfig {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Layout layout;
    private final Programs programs;

    NodeConfig(Layout layout, Programs programs) {
        this.layout = layout;
        this.programs = programs;
    }

    void write(String pauseImage) throws IOException {
        save("containerd.toml", containerd(pauseImage));
        save("registries/localhost:5000/hosts.toml", registry());
        save("cni/10-pods.conflist", JSON.writeValueAsString(podNetwork()));
        save("kubelet.yaml", Serialization.asYaml(kubelet()));
    }

    private String containerd(String pauseImage) {
        return """
                version = 3
                root = "%s"
                state = "%s"
                imports = []
                [grpc]
                  address = "%s"
                [plugins."io.containerd.internal.v1.opt"]
                  path = "%s"
                [plugins."io.containerd.nri.v1.nri"]
                  disable = true
                [plugins."io.containerd.cri.v1.images".pinned_images]
                  sandbox = "%s"
                [plugins."io.containerd.cri.v1.images".registry]
                  config_path = "%s"
                [plugins."io.containerd.cri.v1.runtime"]
                  restrict_oom_score_adj = true
                  netns_mounts_under_state_dir = true
                  cdi_spec_dirs = []
                [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
                  runtime_type = "io.containerd.runc.v2"
                [plugins."io.containerd.cri.v1.runtime".cni]
                  bin_dirs = ["%s"]
                  conf_dir = "%s"
                """.formatted(
                        layout.data("containerd"),
                        layout.run().resolve("containerd"),
                        layout.containerdSocket(),
                        layout.data("containerd-opt"),
                        pauseImage,
                        layout.config("registries"),
                        programs.folder("cni"),
                        layout.config("cni"));
    }

    /** The name that pods pull by is answered on the node itself, where no other machine can listen in. */
    private static String registry() {
        return """
                server = "http://127.0.0.1:5000"
                [host."http://127.0.0.1:5000"]
                  capabilities = ["pull", "resolve"]
                """;
    }

    private Map<String, Object> podNetwork() {
        return Map.of(
                "cniVersion",
                "1.0.0",
                "name",
                "pods",
                "plugins",
                List.of(
                        Map.of(
                                "type",
                                "bridge",
                                "bridge",
                                "cni0",
                                "isGateway",
                                true,
                                "ipMasq",
                                false,
                                "hairpinMode",
                                true,
                                "ipam",
                                addresses()),
                        Map.of(
                                "type",
                                "portmap",
                                "backend",
                                "nftables",
                                "capabilities",
                                Map.of("portMappings", true))));
    }

    private static Map<String, Object> addresses() {
        return Map.of(
                "type",
                "host-local",
                "ranges",
                List.of(List.of(Map.of("subnet", Addresses.PODS))),
                "routes",
                List.of(Map.of("dst", "0.0.0.0/0")));
    }

    private Map<String, Object> kubelet() {
        return Map.ofEntries(
                Map.entry("apiVersion", "kubelet.config.k8s.io/v1beta1"),
                Map.entry("kind", "KubeletConfiguration"),
                Map.entry("address", Addresses.NODE),
                Map.entry("readOnlyPort", 0),
                Map.entry("tlsCertFile", layout.certificate("kubelet-server").toString()),
                Map.entry("tlsPrivateKeyFile", layout.key("kubelet-server").toString()),
                Map.entry(
                        "authentication",
                        Map.of(
                                "anonymous",
                                Map.of("enabled", false),
                                "webhook",
                                Map.of("enabled", true),
                                "x509",
                                Map.of("clientCAFile", layout.certificate("ca").toString()))),
                Map.entry("authorization", Map.of("mode", "Webhook")),
                Map.entry("containerRuntimeEndpoint", "unix://" + layout.containerdSocket()),
                Map.entry("cgroupDriver", "cgroupfs"),
                Map.entry("cgroupRoot", "/" + Cgroup.NAME),
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
                Map.entry("maxPods", 200),
                Map.entry("serializeImagePulls", false));
    }

    private void save(String name, String text) throws IOException {
        Folders.write(layout.config(name), text, "rw-------");
    }
}
