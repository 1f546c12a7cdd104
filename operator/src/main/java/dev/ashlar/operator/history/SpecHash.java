package dev.ashlar.operator.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short hash of a value by its JSON with sorted names: absent fields do not count, so that a later schema gives the same. */
final class SpecHash {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();
    private static final ObjectMapper SORTED =
            new ObjectMapper().configure(JsonNodeFeature.WRITE_PROPERTIES_SORTED, true);
    private static final int LENGTH = 10;

    private SpecHash() {}

    static String of(Object value) {
        try {
            String json = SORTED.writeValueAsString(JSON.convertValue(value, JsonNode.class));
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, LENGTH);
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a spec is JSON, and every Java has SHA-256", e);
        }
    }
}
