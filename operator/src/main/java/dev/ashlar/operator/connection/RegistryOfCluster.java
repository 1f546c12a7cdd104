package dev.ashlar.operator.connection;

import dev.ashlar.images.registry.OwnRegistry;
import dev.ashlar.images.registry.RegistryTarget;
import dev.ashlar.operator.terminal.Failure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;

/** Gives the image commands the way to the cluster's registry; found by its entry in {@code META-INF/services}. */
public final class RegistryOfCluster implements OwnRegistry {
    @Override
    public Access open(String repository) {
        KubernetesClient client = Connection.open();
        try {
            ClusterRegistry registry = ClusterRegistry.open(client);
            return new Way(client, registry, registry.target(repository));
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private record Way(KubernetesClient client, ClusterRegistry registry, RegistryTarget target) implements Access {
        @Override
        public void close() {
            try (client) {
                registry.close();
            } catch (IOException e) {
                throw new Failure(
                        "the forward to the registry broke (%s); run the command again".formatted(e.getMessage()), e);
            }
        }
    }
}
