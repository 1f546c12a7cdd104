package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One environment variable: a value or a key of a Secret. */
@JsonInclude(Include.NON_NULL)
@ValidationRule(
        value = "has(self.value) != has(self.secret)",
        message =
                "give the variable exactly one of value and secret: {name: MODE, value: fast} or {name: TOKEN, secret: {name: api, key: token}}")
public record EnvVar(
        @JsonPropertyDescription("The variable's name.")
        @Required
        @Size(min = 1, max = 128)
        @ValidationRule(
                value = "self.matches('^[A-Za-z_][A-Za-z0-9_.-]*$')",
                message =
                        "write the name of the variable in letters, digits, \"_\", \".\" and \"-\", no digit first, like MODE")
        String name,

        @JsonPropertyDescription(
                "The variable's value, in the open. Quote what YAML would not read as text: \"8080\", \"true\".")
        @Size(max = 4096)
        @Nullable
        String value,

        @JsonPropertyDescription("The key of a Secret in the same namespace that holds the value.") @Nullable
        SecretKey secret) {}
