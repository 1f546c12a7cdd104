package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** That a service runs one time for each version of its spec. */
@JsonInclude(Include.NON_NULL)
public record Once(
        @JsonPropertyDescription("How long the run may take, like 10m, at most 24h; absent means 1h. Then it is ended.")
        @Size(max = 8)
        @ValidationRule(value = Rules.DEADLINE, message = Rules.DEADLINE_SAYS)
        @Nullable
        String deadline) {}
