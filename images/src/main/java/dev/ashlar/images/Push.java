package dev.ashlar.images;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.oci.Layout;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/**
 * Pushes a built image by the OCI distribution protocol 1.1. By the JDK's HTTP client, since it takes the trust in a
 * cluster's own CA as an {@code SSLContext}; jib-core's client trusts the JDK's authorities only.
 */
public final class Push {
    private static final int TRIES = 3;

    private final RegistryTarget target;
    private final HttpClient client;

    private Push(RegistryTarget target, HttpClient client) {
        this.target = target;
        this.client = client;
    }

    /** Uploads what the registry lacks and returns the number of bytes sent; the manifest goes last, by digest. */
    public static long to(RegistryTarget target, BuiltImage image) {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(target.tls())
                .connectTimeout(Duration.ofSeconds(20))
                .build()) {
            return new Push(target, client).push(new Layout(image.layout()));
        } catch (IOException e) {
            throw new BuildException(
                    "cannot push %s to %s: %s; see whether the registry's pod is ready, then try again"
                            .formatted(image.name(), target, e.getMessage() == null ? e : e.getMessage()),
                    e);
        }
    }

    private long push(Layout layout) throws IOException {
        Descriptor manifest = layout.descriptor();
        String path = "manifests/" + manifest.digest();
        if (exists(path)) {
            return 0;
        }
        long sent = 0;
        for (Descriptor blob : layout.manifest().blobs()) {
            if (!exists("blobs/" + blob.digest())) {
                upload(blob, layout.blob(blob));
                sent += blob.size();
            }
        }
        expect(
                201,
                send(request(uri(path)).header("Content-Type", manifest.mediaType()), body(layout.blob(manifest))),
                path);
        return sent + manifest.size();
    }

    private boolean exists(String path) throws IOException {
        HttpResponse<String> response =
                send(request(uri(path)).header("Accept", Descriptor.MANIFEST).method("HEAD", BodyPublishers.noBody()));
        if (response.statusCode() == 404) {
            return false;
        }
        expect(200, response, path);
        return true;
    }

    private void upload(Descriptor blob, Path file) throws IOException {
        HttpResponse<String> session = send(request(uri("blobs/uploads/")).method("POST", BodyPublishers.noBody()));
        expect(202, session, "blobs/uploads/");
        String location = session.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("the registry named no place for the upload"));
        URI place = onOurHost(target.base().resolve("/v2/").resolve(location));
        String separator = place.getRawQuery() == null ? "?" : "&";
        URI complete = URI.create(place + separator + "digest=" + blob.digest());
        HttpRequest.Builder put = request(complete).header("Content-Type", "application/octet-stream");
        expect(201, send(put, body(file)), "blobs/" + blob.digest());
    }

    /** A registry behind a port-forward may answer with the host it knows itself by. */
    private URI onOurHost(URI place) {
        String query = place.getRawQuery() == null ? "" : "?" + place.getRawQuery();
        return target.base().resolve(place.getRawPath() + query);
    }

    private URI uri(String path) {
        return target.base().resolve("/v2/%s/%s".formatted(target.repository(), path));
    }

    private HttpRequest.Builder request(URI uri) {
        byte[] credential = (target.user() + ":" + target.password()).getBytes(StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(uri)
                .timeout(Duration.ofMinutes(10))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credential));
    }

    private static BodyPublisher body(Path file) {
        try {
            return BodyPublishers.ofFile(file);
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request, BodyPublisher body) throws IOException {
        return send(request.PUT(body));
    }

    /** Every request of a push can be repeated: a forward to a pod may break once. */
    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        IOException last = new IOException("not sent");
        for (int i = 0; i < TRIES; i++) {
            try {
                return client.send(request.build(), BodyHandlers.ofString());
            } catch (IOException e) {
                last = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        throw last;
    }

    private static void expect(int status, HttpResponse<String> response, String path) throws IOException {
        int found = response.statusCode();
        if (found != status) {
            String hint = found == 401 || found == 403 ? " (the credential was refused)" : "";
            throw new IOException("%s: HTTP %d%s %s"
                    .formatted(path, found, hint, response.body())
                    .strip());
        }
    }
}
