package dev.ashlar.operator.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * What somebody else may do to an object that Ashlar made: set another value of any field that Ashlar set, take it off, take off the
 * reference to the owner, or delete the object.
 *
 * @param said in words, for a failure
 */
public record ForeignChange(String said, Kind kind, ArrayNode patch) {
    private enum Kind {
        DELETION,
        EDIT
    }

    private static final PatchContext JSON_PATCH = new PatchContext.Builder()
            .withPatchType(PatchType.JSON)
            .withFieldManager("somebody")
            .build();
    /** Each of them one time in so many. */
    private static final int DELETED = 10;

    private static final int ORPHANED = 10;

    public static ForeignChange random(HasMetadata child, Owned owned, RandomGenerator random) {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        String name = child.getKind() + " " + child.getMetadata().getName();
        if (random.nextInt(DELETED) == 0) {
            return new ForeignChange("delete " + name, Kind.DELETION, patch);
        }
        if (random.nextInt(ORPHANED) == 0) {
            patch.addObject().put("op", "remove").put("path", "/metadata/ownerReferences");
            return new ForeignChange("orphan " + name, Kind.EDIT, patch);
        }
        var fields = owned.values().entrySet().stream()
                .filter(field -> !isWhoseItIs(child, field.getKey()))
                .toList();
        var field = fields.get(random.nextInt(fields.size()));
        ObjectNode operation = patch.addObject().put("path", field.getKey());
        if (field.getValue().isContainerNode() || random.nextInt(3) == 0) {
            operation.put("op", "remove");
        } else {
            operation.put("op", "replace").set("value", other(field.getValue()));
        }
        return new ForeignChange(name + " " + operation, Kind.EDIT, patch);
    }

    /** A claim that outlives its owner is known by its labels alone: whoever takes them off takes it away. */
    private static boolean isWhoseItIs(HasMetadata child, String field) {
        return child.getMetadata().getOwnerReferences().isEmpty() && field.startsWith("/metadata/labels/");
    }

    private static JsonNode other(JsonNode value) {
        var json = JsonNodeFactory.instance;
        return value.isBoolean()
                ? json.booleanNode(!value.asBoolean())
                : value.isNumber() ? json.numberNode(value.asInt() + 1) : json.textNode(value.asText() + "x");
    }

    /**
     * Makes it; returns how to tell what was there before from what came after it, or nothing when the API server did not take it: some
     * fields cannot change, and some changes come to nothing.
     */
    public Optional<Predicate<HasMetadata>> make(KubernetesClient client, HasMetadata child, Owned owned) {
        try {
            return switch (kind) {
                case DELETION -> deleted(client, child);
                case EDIT -> edited(client, child, owned);
            };
        } catch (KubernetesClientException refused) {
            return Optional.empty();
        }
    }

    private static Optional<Predicate<HasMetadata>> deleted(KubernetesClient client, HasMetadata child) {
        String uid = child.getMetadata().getUid();
        return client.resource(child).delete().isEmpty()
                ? Optional.empty()
                : Optional.of(seen -> !uid.equals(seen.getMetadata().getUid()));
    }

    private Optional<Predicate<HasMetadata>> edited(KubernetesClient client, HasMetadata child, Owned owned) {
        HasMetadata after = client.resource(child).patch(JSON_PATCH, patch.toString());
        return version(after) == version(child) || owned.isIn(client, after)
                ? Optional.empty()
                : Optional.of(seen -> version(seen) > version(after));
    }

    private static long version(HasMetadata object) {
        return Long.parseLong(object.getMetadata().getResourceVersion());
    }

    /** The fields of an object that Ashlar's last apply set, by JSON pointers, with their values. */
    public record Owned(SequencedMap<String, JsonNode> values) {
        public static Owned of(KubernetesClient client, HasMetadata live) {
            JsonNode json = client.getKubernetesSerialization().convertValue(live, JsonNode.class);
            Owned owned = new Owned(new TreeMap<>());
            owned.collect(ManagedFields.of(json).ours(), json, "");
            return owned;
        }

        /** Whether an object has all of them: in the same places, whoever set them, or as Ashlar's own, wherever they are. */
        public boolean isIn(KubernetesClient client, HasMetadata live) {
            JsonNode json = client.getKubernetesSerialization().convertValue(live, JsonNode.class);
            return !live.isMarkedForDeletion()
                    && (values.entrySet().stream()
                                    .allMatch(field -> json.at(field.getKey()).equals(field.getValue()))
                            || of(client, live).equals(this));
        }

        private void collect(JsonNode owned, JsonNode live, String pointer) {
            boolean leaf = true;
            for (var child : owned.properties()) {
                if (!child.getKey().equals(".")) {
                    leaf = false;
                    step(child.getKey(), child.getValue(), live, pointer);
                }
            }
            if (leaf) {
                values.put(pointer, live);
            }
        }

        private void step(String name, JsonNode owned, JsonNode live, String pointer) {
            if (name.startsWith("f:")) {
                String field = name.substring(2);
                collect(
                        owned,
                        live.path(field),
                        pointer + "/" + field.replace("~", "~0").replace("/", "~1"));
                return;
            }
            ListItems.indexOf(live, name).ifPresent(index -> collect(owned, live.get(index), pointer + "/" + index));
        }
    }
}
