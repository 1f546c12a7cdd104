package dev.ashlar.operator.cluster.machine;

import java.util.List;

/**
 * A process that was started and by what it is known again.
 *
 * @param pid its process id, which another process may get later
 * @param start its start in clock ticks since boot, which together with the id is unique until the next boot
 * @param command what it was started with
 */
public record RunningProcess(long pid, long start, List<String> command) {
    public boolean alive() {
        return Proc.start(pid).stream().anyMatch(ticks -> ticks == start);
    }

    public void terminate() {
        if (alive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        }
    }

    public void kill() {
        if (alive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
