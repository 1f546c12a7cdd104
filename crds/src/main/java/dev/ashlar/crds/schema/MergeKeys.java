package dev.ashlar.crds.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The schema by which kustomize merges: fields, their types and, for a list that is a map, the key of its entries. */
final class MergeKeys {
    private MergeKeys() {}

    static ObjectNode of(Crd... crds) {
        var root = JsonNodeFactory.instance.objectNode();
        var definitions = root.putObject("definitions");
        for (var crd : crds) {
            var definition = shape(crd.schema());
            var properties = (ObjectNode) definition.get("properties");
            properties.putObject("apiVersion").put("type", "string");
            properties.putObject("kind").put("type", "string");
            properties.putObject("metadata").put("type", "object");
            properties.remove("status");
            definition
                    .putArray("x-kubernetes-group-version-kind")
                    .addObject()
                    .put("group", crd.group())
                    .put("version", crd.version())
                    .put("kind", crd.kind());
            definitions.set("dev.ashlar." + crd.version() + "." + crd.kind(), definition);
        }
        return root;
    }

    private static ObjectNode shape(JsonNode schema) {
        var shape = JsonNodeFactory.instance.objectNode();
        shape.put("type", schema.path("type").asText("string"));
        if (schema.has("items")) {
            shape.set("items", shape(schema.get("items")));
        }
        var properties = shape.putObject("properties");
        schema.path("properties")
                .propertyStream()
                .forEach(p -> properties.set(p.getKey(), property(p.getKey(), p.getValue())));
        if (properties.isEmpty()) {
            shape.remove("properties");
        }
        return shape;
    }

    private static ObjectNode property(String name, JsonNode schema) {
        var shape = shape(schema);
        // A patched entry moves to the front, and the first domain is the canonical one: an overlay names all domains
        // or none.
        if (schema.path("x-kubernetes-list-type").asText().equals("map") && !name.equals("domains")) {
            shape.put(
                    "x-kubernetes-patch-merge-key",
                    schema.at("/x-kubernetes-list-map-keys/0").asText());
            shape.put("x-kubernetes-patch-strategy", "merge");
        }
        return shape;
    }
}
