package dev.ashlar.operator.rights;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.operator.cluster.AuditLog;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What the operator asked the API server of the local cluster for, since that came up. */
final class Requests {
    private static final int CREATED = 201;

    private Requests() {}

    /** The rights that a request made use of; a server-side apply that creates takes the right to create as well. */
    static Set<Right> used() {
        Set<Right> used = new TreeSet<>();
        forEach(event -> {
            if (!isForbidden(event)) {
                used.add(right(event, event.path("verb").asText()));
                if (event.path("responseStatus").path("code").asInt() == CREATED) {
                    used.add(right(event, "create"));
                }
            }
        });
        return used;
    }

    /** What was asked for in vain. */
    static Set<Right> forbidden() {
        Set<Right> forbidden = new TreeSet<>();
        forEach(event -> {
            if (isForbidden(event)) {
                forbidden.add(right(event, event.path("verb").asText()));
            }
        });
        return forbidden;
    }

    private static boolean isForbidden(JsonNode event) {
        return event.path("annotations")
                .path("authorization.k8s.io/decision")
                .asText()
                .equals("forbid");
    }

    private static Right right(JsonNode event, String verb) {
        JsonNode object = event.path("objectRef");
        String subresource = object.path("subresource").asText();
        return new Right(
                object.path("apiGroup").asText(),
                object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
                verb);
    }

    private static void forEach(Consumer<JsonNode> told) {
        AuditLog.forEach(AuditLog.OPERATOR, event -> {
            if (event.has("objectRef")) {
                told.accept(event);
            }
        });
    }
}
