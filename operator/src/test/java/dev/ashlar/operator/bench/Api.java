package dev.ashlar.operator.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.util.stream.Stream;

/** The API server by raw requests of the JDK's client, which costs less than any client library. */
final class Api implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final String server;

    private Api(HttpClient client, String server) {
        this.client = client;
        this.server = server;
    }

    static Api of(Config config) throws GeneralSecurityException, IOException {
        var tls = SSLUtils.sslContext(config);
        return new Api(HttpClient.newBuilder().sslContext(tls).build(), config.getMasterUrl());
    }

    /** Server-side apply; the object as it is then. */
    JsonNode apply(String path, String body) throws IOException, InterruptedException {
        var request = request(path + "?fieldManager=bench&force=true")
                .header("Content-Type", "application/apply-patch+yaml")
                .method("PATCH", BodyPublishers.ofString(body))
                .build();
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() >= 300) {
            throw new IOException(path + ": " + new String(response.body()));
        }
        return JSON.readTree(response.body());
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(
                client.send(request(path).build(), BodyHandlers.ofByteArray()).body());
    }

    /** The lines of a watch, as long as it lasts. */
    Stream<String> watch(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofLines()).body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server).resolve(path));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
