package dev.ashlar.operator.cluster.local;

import dev.ashlar.operator.cluster.machine.Proc;
import dev.ashlar.operator.cluster.machine.RunningProcess;
import java.time.Instant;
import java.util.Optional;

/**
 * How one component fares.
 *
 * @param since when its process started, empty when it does not run
 * @param memory resident bytes, 0 when it does not run
 */
public record ComponentStatus(String name, long pid, Optional<Instant> since, long memory) {
    static ComponentStatus of(String name, RunningProcess process) {
        boolean alive = process.alive();
        return new ComponentStatus(
                name,
                process.pid(),
                alive
                        ? ProcessHandle.of(process.pid())
                                .flatMap(handle -> handle.info().startInstant())
                        : Optional.empty(),
                alive ? Proc.memory(process.pid()) : 0);
    }

    public boolean runs() {
        return since.isPresent();
    }
}
