package dev.ashlar.operator.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what others added to an object that is wholly Ashlar's, as JSON pointers in an order in which they can be removed one after the
 * other. Metadata and status are left alone.
 */
final class ForeignFields {
    private static final Set<String> NOT_OURS = Set.of("f:metadata", "f:status");

    private final Set<String> pointers = new TreeSet<>(ForeignFields::laterItemsFirst);

    private ForeignFields() {}

    static List<String> in(JsonNode live) {
        ManagedFields managed = ManagedFields.of(live);
        ForeignFields found = new ForeignFields();
        for (JsonNode others : managed.others()) {
            for (var root : others.properties()) {
                if (root.getKey().startsWith("f:") && !NOT_OURS.contains(root.getKey())) {
                    found.collect(root.getKey(), root.getValue(), managed.ours(), live, "");
                }
            }
        }
        return List.copyOf(found.pointers);
    }

    /** The topmost node that another manager set and below which nothing is ours goes as a whole. */
    private void collect(String name, JsonNode theirs, JsonNode ours, JsonNode live, String parent) {
        Optional<String> step = step(name, live);
        JsonNode node = step.map(s -> live.at("/" + s)).orElse(MissingNode.getInstance());
        if (step.isEmpty() || node.isMissingNode()) {
            return;
        }
        String pointer = parent + "/" + step.get();
        JsonNode mine = ours.path(name);
        if (mine.isMissingNode()) {
            pointers.add(pointer);
            return;
        }
        for (var child : theirs.properties()) {
            if (!child.getKey().equals(".")) {
                collect(child.getKey(), child.getValue(), mine, node, pointer);
            }
        }
    }

    /** One step of a JSON pointer, or nothing when a list does not have the item. */
    private static Optional<String> step(String name, JsonNode live) {
        if (name.startsWith("f:")) {
            return Optional.of(name.substring(2).replace("~", "~0").replace("/", "~1"));
        }
        var index = ListItems.indexOf(live, name);
        return index.isPresent() ? Optional.of(Integer.toString(index.getAsInt())) : Optional.empty();
    }

    /** A removal shifts what follows it in the same list. */
    private static int laterItemsFirst(String left, String right) {
        String[] a = left.split("/", -1);
        String[] b = right.split("/", -1);
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            if (!a[i].equals(b[i])) {
                return isIndex(a[i]) && isIndex(b[i])
                        ? Integer.compare(Integer.parseInt(b[i]), Integer.parseInt(a[i]))
                        : a[i].compareTo(b[i]);
            }
        }
        return Integer.compare(a.length, b.length);
    }

    private static boolean isIndex(String step) {
        return !step.isEmpty() && step.length() < 9 && step.chars().allMatch(Character::isDigit);
    }
}
