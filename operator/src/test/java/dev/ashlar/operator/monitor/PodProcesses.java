package dev.ashlar.operator.monitor;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processes of a pod's containers, which this machine runs. */
final class PodProcesses {
    private static final String PAUSE = "/pause";

    private PodProcesses() {}

    static List<ProcessHandle> of(Pod pod) {
        return ProcessHandle.allProcesses()
                .filter(process -> cgroup(process).contains(pod.getMetadata().getUid()))
                .filter(process -> !process.info().command().orElse("").endsWith(PAUSE))
                .toList();
    }

    static void signal(ProcessHandle process, String name) throws IOException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .onExit()
                .join();
    }

    private static String cgroup(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cgroup"));
        } catch (IOException gone) {
            return "";
        }
    }
}
