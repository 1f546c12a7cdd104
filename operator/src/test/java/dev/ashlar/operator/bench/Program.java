package dev.ashlar.operator.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The operator or its twin, as a process beside the cluster.
 *
 * @param ready answers 200 when it works
 */
record Program(String name, List<String> command, Map<String, String> environment, URI ready) {
    private static final String PORT = "18080";
    /** The memory that the overlay gives the operator's pod. */
    private static final String MEMORY = "-XX:MaxRAM=448m";

    /**
     * As its image starts it.
     *
     * @param registry the folder with the names of hosts and the Secrets of the registry
     */
    static Program operator(Path checkout, Path kubeconfig, Path registry, List<String> more) throws IOException {
        JsonNode image = new YAMLMapper()
                .readTree(checkout.resolve("images/ashlar/image.yaml").toFile());
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        for (JsonNode part : image.path("config").path("entrypoint")) {
            if (part.asText().startsWith("-") && !part.asText().equals("-jar")) {
                command.add(part.asText());
            }
        }
        command.add(MEMORY);
        command.add("-Djdk.net.hosts.file=" + registry.resolve("hosts"));
        command.addAll(more);
        command.addAll(List.of(
                "-jar",
                checkout.resolve("operator/target/quarkus-app/quarkus-run.jar").toString()));
        command.add("operator");
        return new Program(
                "operator",
                command,
                environment(kubeconfig, registry),
                URI.create("http://127.0.0.1:" + PORT + "/q/health/ready"));
    }

    private static Map<String, String> environment(Path kubeconfig, Path registry) {
        return Map.of(
                "KUBECONFIG",
                kubeconfig.toString(),
                "HOSTNAME",
                "bench",
                "ASHLAR_REGISTRY_SECRETS",
                registry.toString(),
                "ASHLAR_CLUSTER_RANGES",
                "198.18.0.0/15",
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                PORT);
    }

    static Program twin(Path binary, Path kubeconfig) {
        return new Program(
                "twin",
                List.of(binary.toString()),
                Map.of("KUBECONFIG", kubeconfig.toString(), "GOMEMLIMIT", "384MiB"),
                URI.create("http://127.0.0.1:18082/readyz"));
    }
}
