package dev.ashlar.operator.rollback;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How both commands name the resource that they are about. */
final class Named {
    @Parameters(index = "0", paramLabel = "SITE", description = "The Site, or the Service.")
    private String name = "";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Looks only in this namespace.")
    private @Nullable String namespace;

    @Option(names = "--service", description = "Means the Service, where a Site has the same name.")
    private boolean service;

    Revised find(KubernetesClient client) {
        return Revised.find(client, Optional.ofNullable(namespace), name, service);
    }
}
