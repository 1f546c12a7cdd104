package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** That one pod runs on each node, and on which nodes. */
@JsonInclude(Include.NON_NULL)
public record PerNode(
        @JsonPropertyDescription(
                "Whether it runs on nodes of the control plane too, where those are kept free of other pods; absent means no.")
        @Nullable
        Boolean controlPlane,

        @JsonPropertyDescription("The labels of the nodes that it runs on, like {disk: ssd}; absent means every node.")
        @Size(max = 8)
        @JsonInclude(Include.NON_EMPTY)
        Map<String, String> nodes) {

    public PerNode {
        nodes = Absent.asEmpty(nodes);
    }
}
