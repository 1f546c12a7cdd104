package dev.ashlar.crds.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.crds.ServiceSpec;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import java.lang.reflect.ParameterizedType;
import java.util.Objects;

/** One CustomResourceDefinition, completed with what the generator does not write. */
record Crd(ObjectNode tree) {
    static Crd of(Class<? extends CustomResource<?, ?>> type) {
        var crd = new Crd(Generator.generate(type));
        crd.names().putArray("categories").add("ashlar");
        crd.orderColumns(type);
        crd.describe(type);
        Completion.complete(crd.schema());
        return crd;
    }

    String name() {
        return tree.at("/metadata/name").asText();
    }

    String group() {
        return tree.at("/spec/group").asText();
    }

    String version() {
        return version0().path("name").asText();
    }

    String kind() {
        return names().path("kind").asText();
    }

    ObjectNode schema() {
        return (ObjectNode) version0().at("/schema/openAPIV3Schema");
    }

    /** Gives each of a Site's services the schema of a Service's spec, what only one of its own has left out, rules and descriptions included, between its name and its mounts. */
    Crd withServices(Crd service) {
        var own = (ObjectNode) schema().at("/properties/spec/properties/services/items");
        var name = own.at("/properties/name");
        var mounts = own.at("/properties/mounts");
        var required = own.get("required");
        own.removeAll();
        own.setAll((ObjectNode) service.schema().at("/properties/spec").deepCopy());
        own.remove("description");
        own.set("required", required);
        var fields = (ObjectNode) own.get("properties");
        var rest = fields.deepCopy();
        fields.removeAll();
        fields.set("name", name);
        fields.setAll(rest);
        fields.remove(ServiceSpec.OF_ITS_OWN);
        fields.set("mounts", mounts);
        return this;
    }

    private ObjectNode names() {
        return (ObjectNode) tree.at("/spec/names");
    }

    private ObjectNode version0() {
        return (ObjectNode) tree.at("/spec/versions/0");
    }

    /** The generator sorts the columns by their path; here they stand as in the annotations. */
    private void orderColumns(Class<?> type) {
        var made = version0().path("additionalPrinterColumns").deepCopy();
        var columns = version0().putArray("additionalPrinterColumns");
        for (var column : type.getAnnotationsByType(AdditionalPrinterColumn.class)) {
            made.forEach(c -> {
                if (c.path("name").asText().equals(column.name())) {
                    if (column.priority() == 0) {
                        ((ObjectNode) c).remove("priority");
                    }
                    columns.add(c);
                }
            });
        }
    }

    /** The generator describes properties only; the resource, its spec and its status carry their own words. */
    private void describe(Class<? extends CustomResource<?, ?>> type) {
        var schema = schema();
        schema.put("description", description(type));
        schema.putArray("required").add("spec");
        var properties = (ObjectNode) schema.get("properties");
        // Declared so that a rule's fieldPath may name it.
        properties
                .putObject("metadata")
                .put("type", "object")
                .putObject("properties")
                .putObject("name")
                .put("type", "string");
        var parts = ((ParameterizedType) type.getGenericSuperclass()).getActualTypeArguments();
        part(schema, "spec").put("description", description((Class<?>) parts[0]));
        part(schema, "status").put("description", description((Class<?>) parts[1]));
    }

    private static ObjectNode part(JsonNode schema, String name) {
        return (ObjectNode) schema.path("properties").path(name);
    }

    private static String description(Class<?> type) {
        return Objects.requireNonNull(type.getAnnotation(JsonClassDescription.class), type.getName())
                .value();
    }
}
