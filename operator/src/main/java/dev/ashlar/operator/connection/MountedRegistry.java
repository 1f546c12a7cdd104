package dev.ashlar.operator.connection;

import dev.ashlar.operator.history.ImageRegistry;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * The cluster's registry as a pod reaches it. One question, since somebody waits for a rollback: a registry that does not answer says nothing about an image.
 *
 * @param base the registry, as {@code https://HOST:PORT}
 * @param secrets the folder under which its Secrets are mounted; read each time, so that new ones count at once
 */
public record MountedRegistry(URI base, Path secrets) implements ImageRegistry {
    private static final Logger LOG = Logger.getLogger(MountedRegistry.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String MANIFESTS =
            "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json";
    /** A name whose first part is no host is in the cluster's own registry. */
    private static final Pattern OWN =
            Pattern.compile("(?:localhost:5000/)?((?![^/]*[.:][^/]*/)(?!localhost/)[^@]+)@(sha256:[0-9a-f]{64})");

    @Override
    public Optional<String> gone(List<String> images) {
        return images.stream().distinct().filter(this::isGone).findFirst();
    }

    private boolean isGone(String image) {
        Matcher own = OWN.matcher(image);
        if (!own.matches()) {
            return false;
        }
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Trust.only(read("registry-tls/ca.crt")))
                .connectTimeout(PATIENCE)
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(
                            base.resolve("/v2/%s/manifests/%s".formatted(own.group(1), own.group(2))))
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .header("Accept", MANIFESTS)
                    .header("Authorization", "Basic " + login())
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

    private String login() throws IOException {
        String login = read("registry-credentials/username") + ":" + read("registry-credentials/password");
        return Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private String read(String file) throws IOException {
        return Files.readString(secrets.resolve(file));
    }
}
