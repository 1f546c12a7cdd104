package dev.ashlar.operator.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Finds the items of a list by the names that managedFields give them. */
final class ListItems {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ListItems() {}

    /** Whether a child's name in managedFields stands for a list's item. */
    static boolean isItem(String name) {
        return name.startsWith("k:") || name.startsWith("v:") || name.startsWith("i:");
    }

    /** The position of the item with this name, if the list has it. */
    static OptionalInt indexOf(JsonNode list, String name) {
        String rest = name.substring(2);
        if (name.startsWith("i:")) {
            int index = Integer.parseInt(rest);
            return index < list.size() ? OptionalInt.of(index) : OptionalInt.empty();
        }
        JsonNode wanted = parse(rest);
        return IntStream.range(0, list.size())
                .filter(i -> name.startsWith("k:")
                        ? hasKey(list.get(i), wanted)
                        : list.get(i).equals(wanted))
                .findFirst();
    }

    /** The part of {@code owned} that describes this item of a list, or missing. */
    static JsonNode ownedOf(JsonNode owned, JsonNode item) {
        for (var child : owned.properties()) {
            String name = child.getKey();
            if (name.startsWith("k:") ? hasKey(item, parse(name.substring(2))) : name.startsWith("v:")) {
                return child.getValue();
            }
        }
        return MissingNode.getInstance();
    }

    /** The item of {@code list} that a keyed list holds under the same key as {@code item}, or missing. */
    static JsonNode twin(JsonNode list, JsonNode item, JsonNode owned) {
        for (var child : owned.properties()) {
            String name = child.getKey();
            if (name.startsWith("k:") && hasKey(item, parse(name.substring(2)))) {
                OptionalInt index = indexOf(list, name);
                return index.isPresent() ? list.get(index.getAsInt()) : MissingNode.getInstance();
            }
        }
        return MissingNode.getInstance();
    }

    /** A key field that the item leaves to the server's default matches any value. */
    private static boolean hasKey(JsonNode item, JsonNode key) {
        return key.properties().stream().allMatch(field -> {
            JsonNode value = item.path(field.getKey());
            return value.isMissingNode()
                    || value.asText().equals(field.getValue().asText());
        });
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("managedFields hold a key that is not JSON: " + json, e);
        }
    }
}
