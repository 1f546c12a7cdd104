package dev.ashlar.operator;

import dev.ashlar.operator.connection.MountedRegistry;
import dev.ashlar.operator.policy.RegistryAccess;
import dev.ashlar.operator.route.Certificates;
import dev.ashlar.operator.route.ClusterRanges;
import dev.ashlar.operator.route.Gateway;
import dev.ashlar.operator.route.OwnRouting;
import dev.ashlar.operator.route.Routing;
import dev.ashlar.operator.route.standard.StandardRouting;
import dev.ashlar.operator.service.plan.ClusterNetwork;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** What the operator's parts are given. */
final class OperatorBeans {
    private static final Logger LOG = Logger.getLogger(OperatorBeans.class);

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** The registry by its name in the cluster, with the Secrets that are mounted into the pod. */
    @Produces
    @Singleton
    MountedRegistry registry(
            @ConfigProperty(name = "ashlar.registry", defaultValue = "https://registry.ashlar-system.svc:5000")
                    String registry,
            @ConfigProperty(name = "ashlar.registry-secrets", defaultValue = "/run") String secrets) {
        return new MountedRegistry(URI.create(registry), Path.of(secrets));
    }

    /** Where images are proven. */
    @Produces
    @Singleton
    RegistryAccess access(MountedRegistry registry) {
        return new RegistryAccess(registry);
    }

    /** How Sites' routes get to the gateway that the environment has. */
    @Produces
    @Singleton
    Routing routing(Gateway gateway, Certificates certificates, Provider<StandardRouting> standard) {
        return switch (gateway.kind()) {
            case OWN -> new OwnRouting(gateway, certificates);
            case GATEWAY_API -> standard.get();
        };
    }

    /** What the framework measures, by controller; by its default it would keep a time series for each resource. */
    @Produces
    @Singleton
    Metrics metrics(MeterRegistry registry) {
        return MicrometerMetricsV2.newBuilder(registry).build();
    }

    /**
     * The ranges that the overlay names, and where the API server really is: the Service {@code kubernetes} leads to addresses that pods
     * reach, which are mostly those of nodes.
     */
    @Produces
    @Singleton
    ClusterNetwork network(
            KubernetesClient client,
            ClusterRanges ranges,
            @ConfigProperty(name = "ashlar.gateway-namespaces", defaultValue = "ashlar-system") List<String> gateways) {
        Stream<String> api = apiServer(client).getEndpoints().stream()
                .flatMap(endpoint -> endpoint.getAddresses().stream())
                .map(address -> address + (address.contains(":") ? "/128" : "/32"));
        return new ClusterNetwork(
                Stream.concat(ranges.all().stream(), api).sorted().distinct().toList(), gateways);
    }

    /** While the API server is away it is waited for: to end would only put off the next start, each time for longer. */
    private static EndpointSlice apiServer(KubernetesClient client) {
        for (; ; ) {
            try {
                return Objects.requireNonNull(
                        client.discovery()
                                .v1()
                                .endpointSlices()
                                .inNamespace("default")
                                .withName("kubernetes")
                                .get(),
                        "EndpointSlice default/kubernetes");
            } catch (KubernetesClientException e) {
                if (e.getCode() >= HttpURLConnection.HTTP_BAD_REQUEST
                        && e.getCode() < HttpURLConnection.HTTP_INTERNAL_ERROR) {
                    throw e;
                }
                LOG.warnf("the API server does not answer, and is asked again: %s", e.getMessage());
            }
        }
    }
}
