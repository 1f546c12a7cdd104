package dev.ashlar.operator.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway tells.
 *
 * @param certificates of those that come from elsewhere, by host
 * @param refused why it serves a Site not at all, by {@code NAMESPACE/NAME}
 */
record GatewayReport(Map<String, State> certificates, Map<String, String> refused) {
    static final GatewayReport NOTHING = new GatewayReport(Map.of(), Map.of());
    private static final String KEY = "status.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * How far one is.
     *
     * @param ends when the one that is served does; absent without one
     * @param trouble of the last try
     */
    record State(@Nullable Instant ends, @Nullable Trouble trouble) {}

    /**
     * Why none was issued.
     *
     * @param type of the ACME server's problem, as RFC 8555 names it in section 6.7; empty when it was none of its
     */
    record Trouble(String type, String detail) {}

    /** Nothing before the gateway wrote it, or when it cannot be read. */
    static GatewayReport of(ConfigMap told) {
        if (told.getData() == null || !told.getData().containsKey(KEY)) {
            return NOTHING;
        }
        try {
            JsonNode status = JSON.readTree(told.getData().get(KEY));
            Map<String, State> states = new TreeMap<>();
            status.path("certificates")
                    .propertyStream()
                    .forEach(state -> states.put(state.getKey(), state(state.getValue())));
            Map<String, String> refused = new TreeMap<>();
            status.path("refused")
                    .propertyStream()
                    .forEach(site -> refused.put(site.getKey(), site.getValue().asText()));
            return new GatewayReport(states, refused);
        } catch (IOException e) {
            return NOTHING;
        }
    }

    private static State state(JsonNode json) {
        JsonNode trouble = json.path("trouble");
        return new State(
                json.has("notAfter") ? Instant.parse(json.get("notAfter").asText()) : null,
                trouble.isMissingNode()
                        ? null
                        : new Trouble(
                                trouble.path("type").asText(),
                                trouble.path("detail").asText()));
    }
}
