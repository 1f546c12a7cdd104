package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** One volume that services of a Site share. */
@JsonInclude(Include.NON_NULL)
public record SiteVolume(
        @JsonPropertyDescription("The name of the volume, like db; the claim is called <site>-<name>.")
        @Required
        @Size(max = 20)
        @ValidationRule(value = Rules.LABEL, message = Rules.LABEL_SAYS)
        String name,

        @JsonPropertyDescription(
                "The size of the volume, like 1Gi. It may grow where the storage can, and never shrinks.")
        @Required
        @Size(max = 20)
        @ValidationRule(value = Rules.SIZE, message = Rules.SIZE_SAYS)
        @ValidationRule(value = Rules.GROWS, message = Rules.GROWS_SAYS)
        Quantity size,

        @JsonPropertyDescription(
                "Whether the volume and what is on it goes when the site is deleted; absent means that it stays.")
        @Nullable
        Boolean delete) {}
