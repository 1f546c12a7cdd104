package dev.ashlar.operator.rights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.images.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What the local cluster's API server noted of the operator's requests, since the cluster came up. */
record AuditLog(Path folder) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String OPERATOR = "system:serviceaccount:ashlar-system:operator";
    private static final int CREATED = 201;

    static AuditLog ofTheLocalCluster() {
        return new AuditLog(Checkout.findCache().resolve("cluster/data/audit"));
    }

    /** The rights that a request made use of; a server-side apply that creates takes the right to create as well. */
    Set<Right> used() {
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
    Set<Right> forbidden() {
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

    private void forEach(Consumer<JsonNode> told) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    lines.filter(line -> line.contains("\"" + OPERATOR + "\""))
                            .map(AuditLog::parse)
                            .filter(event -> event.has("objectRef"))
                            .forEach(told);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
