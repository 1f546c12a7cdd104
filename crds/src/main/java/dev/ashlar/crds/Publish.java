package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** That a port is reached from outside the cluster. */
@JsonInclude(Include.NON_NULL)
@ValidationRule(
        value = "!has(self.by) || self.by != 'nodePort' || self.port >= 30000 && self.port <= 32767",
        message = "a nodePort is a number from 30000 to 32767: choose one of those, or another way than nodePort")
public record Publish(
        @JsonPropertyDescription("The number of the port as it is seen from outside.") @Required @Min(1) @Max(65535)
        int port,

        @JsonPropertyDescription(
                "Who may connect, as address ranges like 192.0.2.0/24; absent means everybody. A cluster whose network does not enforce policies lets everybody in by nodePort and hostPort.")
        @Size(min = 1, max = 16)
        @ValidationRule(value = Rules.CIDRS, message = Rules.CIDR_SAYS)
        @JsonInclude(Include.NON_EMPTY)
        List<String> from,

        @JsonPropertyDescription(
                "How: hostPort (the port of each node that runs a pod), nodePort (the same port of every node) or loadBalancer (an address of its own, where the cluster's provider gives one); absent means hostPort.")
        @Nullable
        Way by) {

    public Publish {
        from = Absent.asEmpty(from);
    }

    /** How a port comes to be reached. */
    public enum Way {
        @JsonProperty("hostPort")
        HOST_PORT,
        @JsonProperty("nodePort")
        NODE_PORT,
        @JsonProperty("loadBalancer")
        LOAD_BALANCER
    }
}
