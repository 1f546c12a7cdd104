package dev.ashlar.operator.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.operator.connection.Kubeconfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What the local cluster's API server noted down of requests since the cluster came up. */
public final class AuditLog {
    /** The operator as a user. */
    public static final String OPERATOR = "system:serviceaccount:ashlar-system:operator";

    private static final Path FOLDER =
            Kubeconfig.ofLocalCluster().resolveSibling("data").resolve("audit");
    private static final JsonMapper JSON = new JsonMapper();

    private AuditLog() {}

    /** Tells of each request of a user or a pod once, though one that takes long is noted down twice. */
    public static void forEach(String name, Consumer<JsonNode> told) {
        Set<String> seen = new HashSet<>();
        for (Path file : files()) {
            try (Stream<String> lines = Files.lines(file)) {
                lines.filter(line -> line.contains("\"" + name + "\""))
                        .map(AuditLog::parse)
                        .filter(entry -> seen.add(entry.path("auditID").asText()))
                        .forEach(told);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<Path> files() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
