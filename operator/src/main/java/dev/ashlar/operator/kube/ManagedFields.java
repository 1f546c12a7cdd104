package dev.ashlar.operator.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Who set which fields of an object, out of its {@code metadata.managedFields}: trees whose names are {@code f:field},
 * {@code k:{"key":"value"}} for an item of a keyed list, {@code v:value} for one of a set, and {@code .} for the node itself. What was set through the
 * status subresource is left out.
 *
 * @param ours what Ashlar's last apply set; missing when it never applied
 * @param others what every other manager set
 */
record ManagedFields(JsonNode ours, List<JsonNode> others) {

    static ManagedFields of(JsonNode object) {
        JsonNode ours = MissingNode.getInstance();
        List<JsonNode> others = new ArrayList<>();
        for (JsonNode entry : object.path("metadata").path("managedFields")) {
            if (entry.path("subresource").asText().equals("status")) {
                continue;
            }
            boolean apply = "Apply".equals(entry.path("operation").asText());
            if (apply && Labels.MANAGER.equals(entry.path("manager").asText())) {
                ours = entry.path("fieldsV1");
            } else {
                others.add(entry.path("fieldsV1"));
            }
        }
        return new ManagedFields(ours, others);
    }
}
