package dev.ashlar.images.proof.untrusted;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Manifests, indexes and configs. Go reads keys whatever their case and takes the last of two, others the exact one or the
 * first: so two keys that differ in case alone are refused, and known keys in another case.
 */
public final class StrictJson {
    private static final Set<String> KEYS = Set.of(
            "schemaVersion",
            "mediaType",
            "artifactType",
            "config",
            "layers",
            "manifests",
            "subject",
            "annotations",
            "digest",
            "size",
            "urls",
            "data",
            "platform",
            "architecture",
            "os",
            "rootfs",
            "type",
            "diff_ids",
            "User",
            "Env",
            "Entrypoint",
            "Cmd",
            "WorkingDir",
            "StopSignal",
            "ExposedPorts",
            "Volumes");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxTokenCount(50_000)
                            .maxNumberLength(32)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /** The object that these bytes are. */
    public static JsonNode object(byte[] bytes) throws Malformed {
        try {
            JsonNode node = JSON.readTree(bytes);
            if (!node.isObject()) {
                throw new Malformed("is not a JSON object");
            }
            requireExactKeys(node);
            return node;
        } catch (Malformed e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw new Malformed("cannot be read (%s)".formatted(e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new Malformed("cannot be read (%s)".formatted(e.getMessage()), e);
        }
    }

    private static void requireExactKeys(JsonNode node) throws Malformed {
        Set<String> folded = new HashSet<>();
        for (var field : node.properties()) {
            String key = field.getKey();
            if (!folded.add(key.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT))
                    || (!KEYS.contains(key) && KEYS.stream().anyMatch(key::equalsIgnoreCase))) {
                throw new Malformed("has the key %s, which readers take for different things".formatted(key));
            }
            requireExactKeys(field.getValue());
        }
        for (JsonNode element : node.isArray() ? node : JSON.createArrayNode()) {
            requireExactKeys(element);
        }
    }
}
