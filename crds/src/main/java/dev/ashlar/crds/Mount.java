package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Where a service of a Site finds a volume of the Site. */
public record Mount(
        @JsonPropertyDescription("The name of a volume in the site's spec.volumes.") @Required @Size(max = 20)
        String volume,

        @JsonPropertyDescription("The folder where the containers find it, from the root.")
        @Required
        @Size(max = 256)
        @ValidationRule(value = Rules.FILE, message = Rules.FOLDER_SAYS)
        String path) {}
