package dev.ashlar.operator.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.operator.kube.Changes;
import dev.ashlar.operator.kube.Labels;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The Secret that holds the gateway's configuration. It is deployed empty: the operator may change it, and make no other. */
record GatewaySecret(KubernetesClient client, String namespace) {
    private static final String NAME = "gateway";
    private static final String KEY = "config.json.gz";
    private static final byte[] NOTHING = {};
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is published, packed; nothing at all when nothing is. */
    byte[] read() {
        return packed(Objects.requireNonNull(
                client.secrets().inNamespace(namespace).withName(NAME).get(),
                "Secret %s/%s is gone; `make deploy` brings it back".formatted(namespace, NAME)));
    }

    /** Tells what is published now, each time that the Secret changes. */
    void follow(Consumer<byte[]> changed) {
        client.secrets()
                .inNamespace(namespace)
                .withName(NAME)
                .runnableInformer(0)
                .exceptionHandler((started, trouble) -> true)
                .addEventHandler(new Changes<>(now -> changed.accept(packed(now)), before -> changed.accept(NOTHING)))
                .start();
    }

    private static byte[] packed(Secret secret) {
        return Optional.ofNullable(secret.getData())
                .map(data -> data.get(KEY))
                .map(packed -> Base64.getDecoder().decode(packed))
                .orElse(NOTHING);
    }

    /** Fails as the client does when the API server does not take it. */
    void write(byte[] packed) {
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .endMetadata()
                .withData(Map.of(KEY, Base64.getEncoder().encodeToString(packed)))
                .build();
        client.resource(secret).fieldManager(Labels.MANAGER).forceConflicts().serverSideApply();
    }

    static byte[] packed(JsonNode config) {
        try {
            var bytes = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(bytes)) {
                gzip.write(JSON.writeValueAsBytes(config));
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A missing node when it cannot be read. */
    static JsonNode unpacked(byte[] packed) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return JSON.readTree(gzip.readAllBytes()); // to the end, where the checksum is
        } catch (IOException damaged) {
            return JSON.missingNode();
        }
    }
}
