package dev.ashlar.operator.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A node of the local cluster whose kubelet takes its disk for full: it is replaced by one that wants more room than there is. */
record FullNode(Process kubelet) implements AutoCloseable {
    private static final String CONFIG = "--config=";
    private static final String JOIN = "sleep 2; exec \"$@\"";
    private static final Duration END = Duration.ofSeconds(20);

    static FullNode of(String node) throws IOException {
        ProcessHandle former = ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains("--hostname-override=" + node))
                .filter(process -> commandLine(process).getFirst().endsWith("/kubelet"))
                .findFirst()
                .orElseThrow();
        List<String> command = commandLine(former).stream()
                .map(word -> word.startsWith(CONFIG) ? CONFIG + full(Path.of(word.substring(CONFIG.length()))) : word)
                .toList();
        String target = Long.toString(former.pid());
        var joined = Stream.of("nsenter", "--target", target, "--net", "--mount", "--", "sh", "-c", JOIN, "sh");
        Process kubelet = new ProcessBuilder(
                        Stream.concat(joined, command.stream()).toList())
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target/full-node.log").toFile())
                .start();
        former.destroy();
        return new FullNode(kubelet);
    }

    /** The node has no kubelet then; the next `up` starts its own. */
    @Override
    public void close() throws InterruptedException {
        kubelet.destroy();
        if (!kubelet.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
            kubelet.destroyForcibly();
        }
    }

    /** The same configuration, but for what must be left of the disk; 100 % would mean none. */
    private static Path full(Path config) {
        var json = new ObjectMapper();
        try {
            var changed = (ObjectNode) json.readTree(config.toFile());
            changed.putObject("evictionHard").put("nodefs.available", "99%");
            return Files.write(Path.of("target/full-node.json").toAbsolutePath(), json.writeValueAsBytes(changed));
        } catch (IOException e) {
            throw new AssertionError(config.toString(), e);
        }
    }

    private static List<String> commandLine(ProcessHandle process) {
        try {
            return List.of(Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .split("\0"));
        } catch (IOException gone) {
            return List.of("");
        }
    }
}
