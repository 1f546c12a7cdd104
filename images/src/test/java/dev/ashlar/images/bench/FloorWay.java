package dev.ashlar.images.bench;

import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.oci.LayerTar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * The least that a push of a compressed layer costs: SHA-256 and gzip of the changed layer, whose tar is there already, and the
 * fewest requests that the registry takes: two for each blob, one for the manifest. Nothing is asked, checked or kept.
 */
record FloorWay(URI registry, Path tar, HttpClient client) implements Way {
    private static final String REPOSITORY = "/v2/bench/floor/";

    /** Untimed: the tar of the changed layer. */
    void prepare(Path website) throws IOException {
        LayerTar.write(website, "/content", null, tar);
    }

    @Override
    public void push(Path website) throws Exception {
        byte[] plain = Files.readAllBytes(tar);
        String diff = Sha256.of(plain);
        ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed, 1 << 16)) {
            gzip.write(plain);
        }
        byte[] layer = packed.toByteArray();
        byte[] config = bytes(
                "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:"
                        + diff + "\"]}}");
        upload(layer);
        upload(config);
        String manifest =
                ("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
                                + "{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"sha256:%s\",\"size\":%d},\"layers\":["
                                + "{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\"sha256:%s\",\"size\":%d}]}")
                        .formatted(Sha256.of(config), config.length, Sha256.of(layer), layer.length);
        send(HttpRequest.newBuilder(registry.resolve(REPOSITORY + "manifests/latest"))
                .header("Content-Type", "application/vnd.oci.image.manifest.v1+json")
                .PUT(BodyPublishers.ofString(manifest)));
    }

    private void upload(byte[] blob) throws Exception {
        HttpResponse<Void> session = send(HttpRequest.newBuilder(registry.resolve(REPOSITORY + "blobs/uploads/"))
                .POST(BodyPublishers.noBody()));
        String place = session.headers().firstValue("Location").orElseThrow();
        send(HttpRequest.newBuilder(registry.resolve(place + "&digest=sha256:" + Sha256.of(blob)))
                .PUT(BodyPublishers.ofByteArray(blob)));
    }

    private HttpResponse<Void> send(HttpRequest.Builder request) throws Exception {
        HttpResponse<Void> answer = client.send(request.build(), BodyHandlers.discarding());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("%s: HTTP %d".formatted(answer.uri(), answer.statusCode()));
        }
        return answer;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
