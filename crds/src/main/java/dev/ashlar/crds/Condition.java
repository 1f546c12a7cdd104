package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One observation about a resource, in the shape that every Kubernetes tool reads (metav1.Condition). */
@JsonInclude(Include.NON_NULL)
public record Condition(
        @JsonPropertyDescription("What is observed, like Ready.") @Required @Size(max = 316)
        String type,

        @JsonPropertyDescription("True, False or Unknown.") @Required @Size(max = 7)
        String status,

        @JsonPropertyDescription("The generation of the spec that this was observed of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("When the status last changed.") @Required
        String lastTransitionTime,

        @JsonPropertyDescription("Why, as one word of a fixed set.") @Required @Size(min = 1, max = 1024)
        String reason,

        @JsonPropertyDescription("Why, as a sentence that names the object and what to do.")
        @Required
        @Size(max = 32768)
        String message) {}
