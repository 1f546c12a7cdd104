package dev.ashlar.crds.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Two schemas of one field. Each break is a sentence on something that objects of the released schema may have and the present one
 * refuses or reads in another way. (What a new CEL rule refuses cannot be seen here; a test applies objects of the first release.)
 */
record Comparison(String path, JsonNode released, JsonNode present) {
    private static final List<String> LOWER_BOUNDS = List.of("minimum", "minLength", "minItems", "minProperties");
    private static final List<String> UPPER_BOUNDS = List.of("maximum", "maxLength", "maxItems", "maxProperties");
    private static final List<String> SHAPE = List.of(
            "type", "x-kubernetes-int-or-string", "x-kubernetes-list-type", "x-kubernetes-list-map-keys", "nullable");
    private static final List<String> FORM = List.of("pattern", "format");

    Stream<String> breaks() {
        return Stream.of(shape(), form(), values(), lowerBounds(), upperBounds(), required(), removed(), children())
                .flatMap(found -> found);
    }

    private Stream<String> shape() {
        return SHAPE.stream().filter(this::differs).map(this::changed);
    }

    private Stream<String> form() {
        return FORM.stream().filter(form -> present.has(form) && differs(form)).map(this::changed);
    }

    private boolean differs(String keyword) {
        return !released.path(keyword).equals(present.path(keyword));
    }

    private String changed(String keyword) {
        return "%s: %s was %s and is %s".formatted(path, keyword, text(released, keyword), text(present, keyword));
    }

    private static String text(JsonNode schema, String keyword) {
        JsonNode value = schema.path(keyword);
        return value.isMissingNode() ? "absent" : value.isTextual() ? value.asText() : value.toString();
    }

    private Stream<String> values() {
        if (present.has("enum") && !released.has("enum")) {
            return Stream.of("%s: every value was allowed, and now only %s".formatted(path, present.get("enum")));
        }
        List<JsonNode> allowed = present.path("enum").valueStream().toList();
        return released.path("enum")
                .valueStream()
                .filter(value -> !allowed.isEmpty() && !allowed.contains(value))
                .map(value -> "%s: the value %s is not allowed any more".formatted(path, value.asText()));
    }

    private Stream<String> lowerBounds() {
        return LOWER_BOUNDS.stream()
                .filter(bound -> present.path(bound).asDouble(Double.NEGATIVE_INFINITY)
                        > released.path(bound).asDouble(Double.NEGATIVE_INFINITY))
                .map(this::changed);
    }

    private Stream<String> upperBounds() {
        return UPPER_BOUNDS.stream()
                .filter(bound -> present.path(bound).asDouble(Double.POSITIVE_INFINITY)
                        < released.path(bound).asDouble(Double.POSITIVE_INFINITY))
                .map(this::changed);
    }

    /** A field with a default is never absent in what the API server stores. */
    private Stream<String> required() {
        List<JsonNode> before = released.path("required").valueStream().toList();
        return present.path("required")
                .valueStream()
                .filter(name -> !before.contains(name))
                .map(JsonNode::asText)
                .filter(name -> !present.path("properties").path(name).has("default"))
                .map(name -> "%s.%s: is required, and was not".formatted(path, name));
    }

    private Stream<String> removed() {
        return released.path("properties")
                .propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> !present.path("properties").has(name))
                .map(name -> "%s.%s: is gone".formatted(path, name));
    }

    private Stream<String> children() {
        Stream<Comparison> fields = released.path("properties")
                .propertyStream()
                .flatMap(field -> part("." + field.getKey(), "/properties/" + field.getKey()));
        return Stream.of(fields, part("[]", "/items"), part("{}", "/additionalProperties"))
                .flatMap(parts -> parts)
                .flatMap(Comparison::breaks);
    }

    private Stream<Comparison> part(String suffix, String pointer) {
        var part = new Comparison(path + suffix, released.at(pointer), present.at(pointer));
        return part.released.isMissingNode() || part.present.isMissingNode() ? Stream.of() : Stream.of(part);
    }
}
