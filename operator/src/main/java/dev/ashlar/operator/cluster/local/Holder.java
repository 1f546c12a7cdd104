package dev.ashlar.operator.cluster.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.operator.cluster.machine.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who has the range of addresses on this machine.
 *
 * @param checkout the source tree
 * @param cache its cache, which holds the cluster's folder
 */
record Holder(String checkout, String cache) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "holder.json";

    static Optional<Holder> read(Path run) {
        try {
            Path file = run.resolve(FILE);
            return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), Holder.class)) : Optional.empty();
        } catch (IOException e) {
            // Cut short by a crash; its processes, if any, are found by their cgroup.
            return Optional.empty();
        }
    }

    void write(Path run) throws IOException {
        HostFiles.write(run.resolve(FILE), JSON.writeValueAsString(this), "rw-r--r--");
    }
}
