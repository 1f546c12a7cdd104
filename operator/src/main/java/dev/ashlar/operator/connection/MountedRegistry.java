package dev.ashlar.operator.connection;

import dev.ashlar.images.registry.Registry;
import dev.ashlar.images.registry.RegistryTarget;
import dev.ashlar.images.registry.RegistryTarget.Login;
import dev.ashlar.operator.history.ImageRegistry;
import dev.ashlar.operator.kube.NamedImage;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The cluster's registry as a pod reaches it.
 *
 * @param base the registry, as {@code https://HOST:PORT}
 * @param secrets the folder under which its Secrets are mounted; read each time, so that new ones count at once
 */
public record MountedRegistry(URI base, Path secrets) implements ImageRegistry {
    private static final Logger LOG = Logger.getLogger(MountedRegistry.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** One question for each image, since somebody waits for a rollback: a registry that does not answer says nothing about it. */
    @Override
    public Optional<String> gone(List<String> images) {
        return images.stream().distinct().filter(this::isGone).findFirst();
    }

    /** One repository of it. */
    public RegistryTarget target(String repository) throws IOException {
        return new RegistryTarget(base, Trust.only(read("registry-tls/ca.crt")), Optional.of(login()), repository);
    }

    private boolean isGone(String image) {
        return NamedImage.of(NamedImage.pulledAs(image)).filter(this::isAbsent).isPresent();
    }

    private boolean isAbsent(NamedImage image) {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Trust.only(read("registry-tls/ca.crt")))
                .connectTimeout(PATIENCE)
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(
                            base.resolve("/v2/%s/manifests/%s".formatted(image.repository(), image.digest())))
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .header("Accept", Registry.MANIFESTS)
                    .header("Authorization", "Basic " + encoded(login()))
                    .timeout(PATIENCE)
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == HttpURLConnection.HTTP_NOT_FOUND;
        } catch (IOException silent) {
            LOG.warnf("image=%s not looked up: %s", image, silent);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Login login() throws IOException {
        return new Login(read("registry-credentials/username"), read("registry-credentials/password"));
    }

    private static String encoded(Login login) {
        byte[] pair = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(pair);
    }

    private String read(String file) throws IOException {
        return Files.readString(secrets.resolve(file));
    }
}
