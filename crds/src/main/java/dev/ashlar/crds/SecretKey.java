package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** One key of a Secret in the same namespace. */
public record SecretKey(
        @JsonPropertyDescription("The name of the Secret.")
        @Required
        @Size(max = 253)
        @ValidationRule(value = Rules.OBJECT_NAME, message = Rules.SECRET_SAYS)
        String name,

        @JsonPropertyDescription("The key in the Secret's data.")
        @Required
        @Size(max = 253)
        @ValidationRule(
                value = "self.matches('^[-._a-zA-Z0-9]+$')",
                message = "write a key of the Secret's data; `kubectl describe secret NAME` lists them")
        String key) {}
