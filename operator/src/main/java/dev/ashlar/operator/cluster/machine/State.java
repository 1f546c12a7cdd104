package dev.ashlar.operator.cluster.machine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What this machine carries because of the cluster.
 *
 * @param checkout the source tree whose {@code ashlar cluster up} made it
 * @param boot the boot that the processes belong to
 * @param processes by component
 * @param settings kernel settings as they were before, by path
 * @param folders empty folders made as mount points, parents first
 * @param applied what the objects were made from that were applied last, empty before that
 */
public record State(
        String checkout,
        String boot,
        Map<String, RunningProcess> processes,
        Map<String, String> settings,
        List<String> folders,
        String applied) {

    public State {
        processes = new TreeMap<>(processes);
    }

    public static State empty(String checkout) {
        return new State(checkout, Proc.boot(), Map.of(), Map.of(), List.of(), "");
    }

    /** The component's process if it is alive. */
    public Optional<RunningProcess> running(String component) {
        return Optional.ofNullable(processes.get(component))
                .filter(process -> boot.equals(Proc.boot()) && process.alive());
    }

    public List<RunningProcess> running() {
        return processes.keySet().stream()
                .flatMap(component -> running(component).stream())
                .toList();
    }

    public State with(String component, RunningProcess process) {
        var all = new TreeMap<>(processes);
        all.put(component, process);
        return new State(checkout, Proc.boot(), all, settings, folders, applied);
    }

    /** The same without the components whose name begins so. */
    public State without(String prefix) {
        var rest = new TreeMap<>(processes);
        rest.keySet().removeIf(component -> component.startsWith(prefix));
        return new State(checkout, boot, rest, settings, folders, applied);
    }

    public State withHost(Map<String, String> newSettings, List<String> newFolders) {
        return new State(checkout, boot, processes, newSettings, newFolders, applied);
    }

    public State withApplied(String fingerprint) {
        return new State(checkout, boot, processes, settings, folders, fingerprint);
    }

    /** The same after a reboot: nothing runs, and the kernel's settings are its own again. */
    public State inThisBoot() {
        return boot.equals(Proc.boot()) ? this : new State(checkout, Proc.boot(), Map.of(), Map.of(), folders, "");
    }
}
