package dev.ashlar.operator.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Whether a live object must be applied again: a desired field is missing or differs, or Ashlar still holds one that is no longer desired.
 * What the server defaulted is in neither set, so it never counts.
 */
final class Drift {
    private static final Set<String> QUANTITIES = Set.of("limits", "requests", "sizeLimit");

    private Drift() {}

    static boolean between(JsonNode desired, JsonNode live) {
        JsonNode ours = ManagedFields.of(live).ours();
        return ours.isMissingNode() || !covers(live, desired, ours, false) || !covers(desired, ours);
    }

    /** Whether {@code live} has every field of {@code desired} with the same value. */
    private static boolean covers(JsonNode live, JsonNode desired, JsonNode owned, boolean quantity) {
        if (live.isMissingNode()) {
            return isNothing(desired);
        }
        if (desired.isObject()) {
            return desired.properties().stream()
                    .allMatch(field -> covers(
                            live.path(field.getKey()),
                            field.getValue(),
                            owned.path("f:" + field.getKey()),
                            quantity || QUANTITIES.contains(field.getKey())));
        }
        if (desired.isArray()) {
            return live.isArray() && coversList(live, desired, owned);
        }
        return desired.equals(live)
                || desired.isNumber()
                        && live.isNumber()
                        && desired.decimalValue().compareTo(live.decimalValue()) == 0
                || quantity && sameQuantity(desired.asText(), live.asText());
    }

    private static boolean coversList(JsonNode live, JsonNode desired, JsonNode owned) {
        if (owned.properties().stream().anyMatch(child -> child.getKey().startsWith("v:"))) {
            return desired.valueStream().allMatch(item -> live.valueStream().anyMatch(item::equals));
        }
        if (owned.properties().stream().noneMatch(child -> ListItems.isItem(child.getKey()))) {
            return live.size() == desired.size()
                    && IntStream.range(0, desired.size())
                            .allMatch(i -> covers(live.get(i), desired.get(i), owned, false));
        }
        return desired.valueStream()
                .allMatch(
                        item -> covers(ListItems.twin(live, item, owned), item, ListItems.ownedOf(owned, item), false));
    }

    /** Whether {@code desired} has every field that {@code owned} names. */
    private static boolean covers(JsonNode desired, JsonNode owned) {
        return owned.properties().stream().allMatch(child -> {
            String name = child.getKey();
            if (name.equals(".")) {
                return true;
            }
            if (name.startsWith("f:")) {
                JsonNode value = desired.path(name.substring(2));
                return !value.isMissingNode() && covers(value, child.getValue());
            }
            var index = ListItems.indexOf(desired, name);
            return index.isPresent() && covers(desired.get(index.getAsInt()), child.getValue());
        });
    }

    /** What the server drops when it stores an object; {@code false} and 0 are kept where they differ from the default. */
    private static boolean isNothing(JsonNode desired) {
        return desired.isNull()
                || desired.isContainerNode() && desired.isEmpty()
                || desired.isTextual() && desired.asText().isEmpty();
    }

    private static boolean sameQuantity(String desired, String live) {
        return Quantity.getAmountInBytes(new Quantity(desired)).compareTo(Quantity.getAmountInBytes(new Quantity(live)))
                == 0;
    }
}
