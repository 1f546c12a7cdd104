package dev.ashlar.operator.cluster.local;

import dev.ashlar.operator.cluster.control.Forward;
import dev.ashlar.operator.cluster.machine.Cgroup;
import dev.ashlar.operator.cluster.machine.Mount;
import dev.ashlar.operator.cluster.machine.Proc;
import dev.ashlar.operator.cluster.machine.State;
import dev.ashlar.operator.cluster.machine.StateFile;
import dev.ashlar.operator.cluster.node.Layout;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/** What an ordinary user can see of the local cluster. */
public record LocalStatus(List<ComponentStatus> components, long podMemory, List<String> forwards, Path kubeconfig) {
    public static LocalStatus in(Path cache) {
        Layout layout = Layout.in(cache);
        State state = new StateFile(layout.state(), "").read().inThisBoot();
        List<ComponentStatus> components = state.processes().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().contains("/"))) // those of added nodes last
                .map(entry -> ComponentStatus.of(entry.getKey(), entry.getValue()))
                .toList();
        var pods = new HashSet<>(new Cgroup(Mount.all(), Cgroup.NAME).processes());
        components.forEach(component -> pods.remove(component.pid()));
        return new LocalStatus(
                components,
                pods.stream().mapToLong(Proc::memory).sum(),
                Forward.PORTS.entrySet().stream()
                        .map(port -> "localhost:%d -> %s".formatted(port.getKey(), port.getValue()))
                        .toList(),
                layout.kubeconfig());
    }
}
