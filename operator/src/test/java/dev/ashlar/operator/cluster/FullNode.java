package dev.ashlar.operator.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node of the local cluster whose kubelet takes its disk for full: it is replaced by one that wants more room than there is. */
record FullNode(Process kubelet) implements AutoCloseable {
    static final Path LOG = Path.of("target/full-node.log");
    private static final String CONFIG = "--config=";
    private static final Duration END = Duration.ofSeconds(20);

    static FullNode of(String node) throws IOException {
        ProcessHandle former = LocalProcess.of(node + "/kubelet");
        String neighbour = Long.toString(LocalProcess.of(node + "/containerd").pid());
        var command = new ArrayList<>(List.of("nsenter", "--target", neighbour, "--net", "--mount", "--"));
        command.add(former.info().command().orElseThrow());
        for (String word : former.info().arguments().orElseThrow()) {
            command.add(word.startsWith(CONFIG) ? CONFIG + full(Path.of(word.substring(CONFIG.length()))) : word);
        }
        former.destroy();
        former.onExit().join();
        return new FullNode(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile())
                .start());
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
    private static Path full(Path config) throws IOException {
        var json = new ObjectMapper();
        var changed = (ObjectNode) json.readTree(config.toFile());
        changed.putObject("evictionHard").put("nodefs.available", "99%");
        return Files.write(Path.of("target/full-node.json").toAbsolutePath(), json.writeValueAsBytes(changed));
    }
}
