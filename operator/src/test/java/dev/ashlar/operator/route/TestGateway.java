package dev.ashlar.operator.route;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The local cluster's gateway.
 *
 * @param plain where it listens for http
 * @param encrypted where it listens for https
 */
record TestGateway(KubernetesClient client, InetSocketAddress plain, InetSocketAddress encrypted) {
    private static final String NAMESPACE = "ashlar-system";

    static TestGateway of(KubernetesClient client) {
        String address = client.services()
                .inNamespace(NAMESPACE)
                .withName("gateway-local")
                .require()
                .getSpec()
                .getClusterIP();
        return new TestGateway(client, new InetSocketAddress(address, 8080), new InetSocketAddress(address, 8443));
    }

    FilterWatchListDeletable<Pod, PodList, PodResource> pods() {
        return client.pods().inNamespace(NAMESPACE).withLabel("app.kubernetes.io/name", "gateway");
    }

    /** The certificate of the cluster's own CA, as PEM. */
    byte[] ca() {
        var told =
                client.configMaps().inNamespace(NAMESPACE).withName("gateway").require();
        return Objects.requireNonNull(told.getData().get("ca.crt")).getBytes(StandardCharsets.US_ASCII);
    }
}
