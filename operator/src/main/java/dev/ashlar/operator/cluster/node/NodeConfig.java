package dev.ashlar.operator.cluster.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.operator.cluster.machine.HostFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The configuration files of containerd, the CNI plugins and, by {@link KubeletConfig}, the kubelet. */
public final class NodeConfig {
    // A map's own order differs from run to run, and a file is known by its content.
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    static final String BRIDGE = "cni0";
    private static final int HASH = 12;

    private final NodeLayout layout;
    private final Programs programs;
    private final String pauseImage;

    public NodeConfig(NodeLayout layout, Programs programs, String pauseImage) {
        this.layout = layout;
        this.programs = programs;
        this.pauseImage = pauseImage;
    }

    public Path containerd() {
        return file("containerd", ".toml", containerdToml());
    }

    public Path kubelet() {
        return file("kubelet", ".json", kubeletJson());
    }

    public void write() throws IOException {
        save(containerd(), containerdToml());
        save(layout.config("registries/localhost:5000/hosts.toml"), registry());
        save(layout.config("cni/10-pods.conflist"), json(podNetwork()));
        save(kubelet(), kubeletJson());
    }

    private String containerdToml() {
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
                                BRIDGE,
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

    private Map<String, Object> addresses() {
        return Map.of(
                "type",
                "host-local",
                "ranges",
                List.of(List.of(Map.of("subnet", layout.id().pods()))),
                "routes",
                List.of(Map.of("dst", "0.0.0.0/0")));
    }

    /** Named by its content, so that a component that runs with other content is known by its command. */
    private Path file(String name, String ending, String text) {
        String hash = new Sha256().add(name, text).hex();
        return layout.config(name + "-" + hash.substring(0, HASH) + ending);
    }

    private String kubeletJson() {
        return json(new KubeletConfig(layout).content());
    }

    private static String json(Map<String, Object> content) {
        try {
            return JSON.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void save(Path file, String text) throws IOException {
        HostFiles.write(file, text, "rw-------");
    }
}
