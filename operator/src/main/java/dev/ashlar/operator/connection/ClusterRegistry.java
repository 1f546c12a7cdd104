package dev.ashlar.operator.connection;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.Delivery;
import dev.ashlar.images.registry.Registry;
import dev.ashlar.images.registry.RegistryTarget;
import dev.ashlar.images.registry.RegistryTarget.Login;
import dev.ashlar.operator.terminal.Failure;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The cluster's own registry, reached through a forward to one of its pods for as long as this is open. */
public final class ClusterRegistry implements AutoCloseable {
    public static final String NAMESPACE = "ashlar-system";
    private static final int PORT = 5000;
    private static final int UPKEEP = 5001;

    private final PodForward forward;
    private final SSLContext tls;
    private final Secret credentials;

    private ClusterRegistry(PodForward forward, SSLContext tls, Secret credentials) {
        this.forward = forward;
        this.tls = tls;
        this.credentials = credentials;
    }

    /** Opens the forward; a {@link Failure} says what is missing. */
    public static ClusterRegistry open(KubernetesClient client) {
        Secret tls = secret(client, "registry-tls");
        Secret credentials = secret(client, "registry-credentials");
        PodForward forward = open(client, PORT);
        return new ClusterRegistry(forward, Trust.only(value(tls, "ca.crt")), credentials);
    }

    /** A forward to where the registry tells what it stores and takes the order to sweep. */
    public static PodForward upkeep(KubernetesClient client) {
        return open(client, UPKEEP);
    }

    /** True when a registry pod takes requests. */
    public static boolean isReady(KubernetesClient client) {
        return readyPod(client).isPresent();
    }

    /** Uploads what the registry lacks; returns the bytes sent, 0 when the image was there. */
    public long push(BuiltImage image) {
        try (Registry registry = new Registry(target(image.name()))) {
            return Delivery.push(image, registry);
        }
    }

    /** A repository of this registry, for as long as this is open. */
    public RegistryTarget target(String repository) {
        URI base = URI.create("https://localhost:" + forward.localPort());
        Login login = new Login(value(credentials, "username"), value(credentials, "password"));
        return new RegistryTarget(base, tls, Optional.of(login), repository);
    }

    private static PodForward open(KubernetesClient client, int port) {
        Pod pod = readyPod(client)
                .orElseThrow(() -> new Failure("no pod of the cluster's registry is ready;"
                        + " `kubectl -n ashlar-system get pods` says why, `make deploy` installs it"));
        try {
            return PodForward.open(client, pod, port);
        } catch (IOException e) {
            throw new Failure("cannot listen on 127.0.0.1 for the forward to the registry: " + e.getMessage(), e);
        }
    }

    private static Optional<Pod> readyPod(KubernetesClient client) {
        Service service =
                client.services().inNamespace(NAMESPACE).withName("registry").get();
        if (service == null) {
            return Optional.empty();
        }
        return client
                .pods()
                .inNamespace(NAMESPACE)
                .withLabels(service.getSpec().getSelector())
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(Readiness::isPodReady)
                .findFirst();
    }

    private static Secret secret(KubernetesClient client, String name) {
        Secret secret = client.secrets().inNamespace(NAMESPACE).withName(name).get();
        if (secret == null) {
            throw new Failure("the cluster has no Secret %s/%s, so its registry is not installed; run `make up deploy`"
                    .formatted(NAMESPACE, name));
        }
        return secret;
    }

    private static String value(Secret secret, String key) {
        String encoded = secret.getData() == null ? null : secret.getData().get(key);
        if (encoded == null) {
            throw new Failure("Secret %s/%s has no %s; delete it and run `make up` to have it made again"
                    .formatted(NAMESPACE, secret.getMetadata().getName(), key));
        }
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        forward.close();
    }
}
