package dev.ashlar.operator;

import dev.ashlar.operator.connection.MountedRegistry;
import dev.ashlar.operator.history.ImageRegistry;
import dev.ashlar.operator.policy.RegistryAccess;
import dev.ashlar.operator.service.plan.ClusterNetwork;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the operator's parts are given. */
final class OperatorBeans {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** The registry by its name in the cluster, with the Secrets that are mounted into the pod. */
    @Produces
    @Singleton
    RegistryAccess registry(
            @ConfigProperty(name = "ashlar.registry", defaultValue = "https://registry.ashlar-system.svc:5000")
                    String registry,
            @ConfigProperty(name = "ashlar.registry-secrets", defaultValue = "/run") String secrets) {
        return new RegistryAccess(URI.create(registry), Path.of(secrets));
    }

    /** Where the images of earlier revisions are. */
    @Produces
    @Singleton
    ImageRegistry images(RegistryAccess registry) {
        return new MountedRegistry(registry.base(), registry.secrets());
    }

    /**
     * The ranges that the overlay names, and where the API server really is: the Service {@code kubernetes} leads to addresses that pods
     * reach, which are mostly those of nodes.
     */
    @Produces
    @Singleton
    ClusterNetwork network(
            KubernetesClient client,
            @ConfigProperty(name = "ashlar.cluster-ranges", defaultValue = "10.42.0.0/16,10.43.0.0/16") String ranges) {
        Stream<String> api = client
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace("default")
                .withName("kubernetes")
                .require()
                .getEndpoints()
                .stream()
                .flatMap(endpoint -> endpoint.getAddresses().stream())
                .map(address -> address + (address.contains(":") ? "/128" : "/32"));
        return new ClusterNetwork(Stream.concat(Stream.of(ranges.split(",")), api)
                .sorted()
                .distinct()
                .toList());
    }
}
