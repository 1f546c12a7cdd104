package dev.ashlar.operator.cluster.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The kernel settings, of the whole machine, that a starting kubelet changes; remembered before and put back after. */
final class HostSettings {
    // k8s.io/kubernetes pkg/kubelet/cm/container_manager_linux.go, setupKernelTunables
    private static final List<String> CHANGED_BY_KUBELET = List.of(
            "vm/overcommit_memory",
            "vm/panic_on_oom",
            "kernel/panic",
            "kernel/panic_on_oops",
            "kernel/keys/root_maxkeys",
            "kernel/keys/root_maxbytes");

    private HostSettings() {}

    static Map<String, String> read() throws IOException {
        var values = new TreeMap<String, String>();
        for (String name : CHANGED_BY_KUBELET) {
            Path file = Path.of("/proc/sys", name);
            if (Files.exists(file)) {
                values.put(file.toString(), Files.readString(file).strip());
            }
        }
        return values;
    }

    static void restore(Map<String, String> values) throws IOException {
        for (var entry : values.entrySet()) {
            Files.writeString(Path.of(entry.getKey()), entry.getValue());
        }
    }
}
