package dev.ashlar.operator.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Makes one spec after a schema, in a mood. */
record Specs(RandomGenerator random, Mood mood, Texts texts) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MANY = 17;
    /** Names that other fields refer to. */
    private static final Map<String, List<String>> NAMES = Map.of(
            "ports",
            List.of("http", "admin", "dns"),
            "volumes",
            List.of("data", "cache"),
            "services",
            List.of("redis"));

    private static final Map<String, List<String>> REFERENCES =
            Map.of("port", List.of("http"), "tcp", List.of("http"), "volume", List.of("data", "cache"));
    private static final Map<String, List<JsonNode>> ALLOWED = Map.of(
            "user", List.of(IntNode.valueOf(0), IntNode.valueOf(1000), IntNode.valueOf(Integer.MAX_VALUE)),
            "capability", List.of(TextNode.valueOf("NET_BIND_SERVICE"), TextNode.valueOf("NO_SUCH")),
            "nodeFolder", List.of(TextNode.valueOf("/var/log"), TextNode.valueOf("/...")),
            "serviceAccount", List.of(TextNode.valueOf("default"), TextNode.valueOf("a..b")));

    static JsonNode make(RandomGenerator random, JsonNode schema) {
        Mood mood = Mood.any(random);
        return new Specs(random, mood, new Texts(random, mood)).value("spec", schema);
    }

    private JsonNode value(String name, JsonNode schema) {
        if (hits(mood.wrong())) {
            return wrong(schema);
        }
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return hits(0.1) ? IntNode.valueOf(random.nextInt(1 << 30)) : TextNode.valueOf(texts.quantity());
        }
        return switch (schema.path("type").asText()) {
            case "string" -> TextNode.valueOf(text(name, schema));
            case "integer" -> IntNode.valueOf(name.equals("replicas") && hits(0.8) ? 0 : number(schema));
            case "boolean" -> BooleanNode.valueOf(name.equals("suspended") || random.nextBoolean());
            case "array" -> list(name, schema);
            default -> schema.has("additionalProperties") ? map(schema) : object(schema);
        };
    }

    private String text(String name, JsonNode schema) {
        if (schema.has("enum")) {
            return texts.pick(schema.get("enum").valueStream().toList()).asText();
        }
        return REFERENCES.containsKey(name) ? texts.pick(REFERENCES.get(name)) : texts.of(schema);
    }

    private int number(JsonNode schema) {
        int least = schema.path("minimum").asInt(0);
        int most = schema.path("maximum").asInt(Integer.MAX_VALUE - 1);
        return switch (random.nextInt(6)) {
            case 0 -> least;
            case 1 -> most;
            default -> random.nextInt(least, most + 1);
        };
    }

    private ArrayNode list(String name, JsonNode schema) {
        int most = schema.path("maxItems").asInt(MANY);
        int size = hits(mood.full()) ? most : Math.min(most, random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(3));
        ArrayNode list = JSON.arrayNode();
        Set<String> keys = new HashSet<>();
        String key = schema.at("/x-kubernetes-list-map-keys/0").asText();
        for (int i = 0; i < size; i++) {
            JsonNode item =
                    name.equals("from") && schema.at("/items/type").asText().equals("string")
                            ? TextNode.valueOf(texts.range())
                            : named(value(name, schema.get("items")), NAMES.getOrDefault(name, List.of()), i);
            if (key.isEmpty() || keys.add(item.path(key).asText()) || hits(mood.wrong())) {
                list.add(item);
            }
        }
        return list;
    }

    private static JsonNode named(JsonNode item, List<String> names, int i) {
        if (item instanceof ObjectNode object && i < names.size()) {
            object.put("name", names.get(i));
            if (object.has("protocol") && i == 0) {
                object.put("protocol", "TCP");
            }
        }
        return item;
    }

    private ObjectNode map(JsonNode schema) {
        ObjectNode map = JSON.objectNode();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String key = texts.pick(List.of("disk", "kubernetes.io/os", "a/b/c", "-", "é", "x".repeat(64)));
            map.set(key, value(key, schema.get("additionalProperties")));
        }
        return map;
    }

    private ObjectNode object(JsonNode schema) {
        JsonNode properties = schema.path("properties");
        ObjectNode object = JSON.objectNode();
        new Fields(random, properties)
                .choose(schema.path("required"), mood.dense())
                .forEach(name -> object.set(name, value(name, properties.get(name))));
        if (properties.has("what")) {
            String what = object.path("what").asText();
            object.remove("value");
            if (ALLOWED.containsKey(what)) {
                object.set("value", texts.pick(ALLOWED.get(what)));
            }
        }
        if (object.path("by").asText().equals("nodePort")) {
            object.put("port", random.nextInt(30000, 32768));
        }
        return object;
    }

    private JsonNode wrong(JsonNode schema) {
        return switch (random.nextInt(8)) {
            case 0 -> NullNode.getInstance();
            case 1 -> LongNode.valueOf(random.nextLong());
            case 2 -> JSON.arrayNode().add(texts.strange());
            case 3 -> JSON.objectNode().put(texts.strange(), 1);
            case 4 -> TextNode.valueOf("é".repeat(schema.path("maxLength").asInt(4096) + 1));
            case 5 -> IntNode.valueOf(schema.path("maximum").asInt(-2) + 1);
            default -> TextNode.valueOf(texts.strange());
        };
    }

    private boolean hits(double probability) {
        return random.nextDouble() < probability;
    }
}
