package dev.ashlar.crds.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a schema needs beyond the generator's annotations: lists that are maps, bounds on their strings, each rule once. */
final class Completion {
    private static final int ARGUMENT = 4096;
    private static final int QUANTITY = 20;
    private static final int LABEL = 63;
    private static final int NAME = 253;
    private static final int RANGE = 43;
    /** Lists whose entries have no name: an overlay or an apply replaces them as a whole. */
    private static final Set<String> WHOLE = Set.of("from", "to", "allow");

    private Completion() {}

    static void complete(ObjectNode schema) {
        // A record component hands its annotations to its field and to its accessor, and the generator reads both.
        once(schema);
        whole(schema, "minimum");
        whole(schema, "maximum");
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            schema.put("maxLength", QUANTITY);
        }
        if (schema.get("items") instanceof ObjectNode items) {
            complete(items);
            if (items.path("type").asText().equals("string")) {
                items.put("maxLength", ARGUMENT);
            }
        }
        schema.path("properties").propertyStream().forEach(p -> property(p.getKey(), (ObjectNode) p.getValue()));
    }

    private static void property(String name, ObjectNode schema) {
        complete(schema);
        if (name.equals("nodes")) {
            ((ObjectNode) schema.get("additionalProperties")).put("maxLength", LABEL);
        }
        if (name.equals("value") && schema.has("x-kubernetes-int-or-string")) {
            schema.put("maxLength", NAME);
        }
        if (name.equals("from") && schema.at("/items/type").asText().equals("string")) {
            ((ObjectNode) schema.get("items")).put("maxLength", RANGE);
        }
        if (schema.path("items").path("type").asText().equals("object") && !WHOLE.contains(name)) {
            schema.put("x-kubernetes-list-type", "map");
            schema.putArray("x-kubernetes-list-map-keys").add(key(name));
            if (schema.has("maxItems")) {
                schema.withArray("x-kubernetes-validations")
                        .addObject()
                        .put("rule", "self.all(a, self.exists_one(b, b.KEY == a.KEY))".replace("KEY", key(name)))
                        .put("message", "two entries have the same KEY: give each its own".replace("KEY", key(name)));
            }
        }
        if (name.equals("lastTransitionTime")) {
            schema.put("format", "date-time");
        }
    }

    /** The field that tells the entries of a list apart. */
    private static String key(String list) {
        return switch (list) {
            case "domains", "env", "headers", "ports", "services", "before", "volumes" -> "name";
            case "files", "immutable", "mounts", "routes", "uploads" -> "path";
            case "conditions" -> "type";
            case "history" -> "number";
            default -> throw new IllegalStateException("the list %s has no key: name it here".formatted(list));
        };
    }

    private static void once(ObjectNode schema) {
        var rules = new LinkedHashSet<JsonNode>();
        schema.path("x-kubernetes-validations").forEach(rules::add);
        if (!rules.isEmpty()) {
            schema.putArray("x-kubernetes-validations").addAll(rules);
        }
    }

    private static void whole(ObjectNode schema, String bound) {
        if (schema.has(bound)) {
            schema.set(bound, IntNode.valueOf(schema.get(bound).intValue()));
        }
    }
}
