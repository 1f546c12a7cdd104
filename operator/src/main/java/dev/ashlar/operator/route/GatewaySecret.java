package dev.ashlar.operator.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.operator.kube.Labels;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The Secret that holds the gateway's configuration. It is deployed empty: the operator may change it, and make no other. */
record GatewaySecret(KubernetesClient client, String namespace) {
    private static final String NAME = "gateway";
    private static final String KEY = "config.json.gz";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is published; empty when nothing is, or nothing that can be read. */
    Optional<JsonNode> read() {
        Secret secret = Objects.requireNonNull(
                client.secrets().inNamespace(namespace).withName(NAME).get(),
                "Secret %s/%s is gone; `make deploy` brings it back".formatted(namespace, NAME));
        return Optional.ofNullable(secret.getData())
                .map(data -> data.get(KEY))
                .map(packed -> unpacked(Base64.getDecoder().decode(packed)));
    }

    /** Fails as the client does when the API server does not take it. */
    void write(JsonNode config) {
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .endMetadata()
                .withData(Map.of(KEY, Base64.getEncoder().encodeToString(packed(config))))
                .build();
        client.resource(secret)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(Labels.MANAGER)
                        .withForce(true)
                        .build());
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

    static JsonNode unpacked(byte[] packed) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return JSON.readTree(gzip);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
