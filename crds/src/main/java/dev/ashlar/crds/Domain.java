package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** One of a Site's own names. */
public record Domain(
        @JsonPropertyDescription(
                "The name in lower case, like shop.example.org; one with other letters in its xn-- form.")
        @Required
        @Size(max = 253)
        @ValidationRule(
                value = "self.matches('^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$')",
                messageExpression =
                        "'\"' + self + '\" is not a domain: write it in lower case and nothing else (no scheme, port, path, * or last dot), like shop.example.org'")
        String name) {}
