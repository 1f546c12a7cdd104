package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step that must end well before the pods of a revision start, such as the migration of a database. */
@JsonInclude(Include.NON_NULL)
public record Before(
        @JsonPropertyDescription("The name of the step, like migrate.")
        @Required
        @Size(max = 20)
        @ValidationRule(value = Rules.LABEL, message = Rules.LABEL_SAYS)
        String name,

        @JsonPropertyDescription("The program and its first arguments, instead of the service's own.")
        @Size(max = 64)
        @JsonInclude(Include.NON_EMPTY)
        List<String> command,

        @JsonPropertyDescription("The arguments, instead of the service's own.")
        @Size(max = 64)
        @JsonInclude(Include.NON_EMPTY)
        List<String> args,

        @JsonPropertyDescription(
                "How long the step may take with all its tries, like 10m, at most 24h; absent means 1h. Then it has failed.")
        @Size(max = 8)
        @ValidationRule(value = Rules.DEADLINE, message = Rules.DEADLINE_SAYS)
        @Nullable
        String deadline,

        @JsonPropertyDescription(
                "How often a step that failed is tried again, for one that waits for a neighbour; absent means 0.")
        @Min(0)
        @Max(10)
        @Nullable
        Integer retries) {

    public Before {
        command = Absent.asEmpty(command);
        args = Absent.asEmpty(args);
    }
}
