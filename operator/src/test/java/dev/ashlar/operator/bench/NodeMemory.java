package dev.ashlar.operator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What all pods of the node take, in MiB.
 *
 * @param pods by their control groups
 * @param shims the processes of the container runtime beside them
 */
record NodeMemory(double pods, double shims) {
    private static final double MIB = 1 << 20;
    private static final List<String> GROUPS = List.of(
            "/sys/fs/cgroup/memory/ashlar/kubepods/memory.usage_in_bytes",
            "/sys/fs/cgroup/ashlar/kubepods/memory.current");

    static NodeMemory now() {
        return new NodeMemory(read(group()) / MIB, shimsNow());
    }

    double since(NodeMemory before) {
        return pods - before.pods + shims - before.shims;
    }

    private static Path group() {
        return GROUPS.stream()
                .map(Path::of)
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no control group of the node's pods in " + GROUPS));
    }

    private static double shimsNow() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("containerd-shim-runc-v2"))
                .mapToDouble(process -> shareOrNone(process.pid()))
                .sum();
    }

    private static double shareOrNone(long process) {
        try {
            return share(process);
        } catch (IOException | UncheckedIOException ended) {
            return 0;
        }
    }

    /** The share of one process. */
    static double share(long process) throws IOException {
        Path file = Path.of("/proc", Long.toString(process), "smaps_rollup");
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .sum();
        }
    }

    private static double read(Path file) {
        try {
            return Double.parseDouble(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
