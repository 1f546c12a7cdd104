package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One of a Site's own names. */
@JsonInclude(Include.NON_NULL)
@ValidationRule(
        value = "!has(self.code) || !has(self.serve) || !self.serve",
        message = "a domain that serves does not redirect: remove code or serve")
public record Domain(
        @JsonPropertyDescription(
                "The name in lower case, like shop.example.org; one with other letters in its xn-- form. *.example.org stands for all names with one label more.")
        @Required
        @Size(max = 253)
        @ValidationRule(
                value =
                        "self.matches('^([*][.])?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$')",
                messageExpression =
                        "'\"' + self + '\" is not a domain: write it in lower case and nothing else (no scheme, port, path or last dot), like shop.example.org or *.example.org'")
        String name,

        @JsonPropertyDescription(
                "That the site answers at this name itself. Absent means that a name redirects to the canonical one, path and query kept; the canonical one always serves.")
        @Nullable
        Boolean serve,

        @JsonPropertyDescription("The status of the redirect to the canonical name: 301 or 308; absent means 308.")
        @ValidationRule(value = "self in [301, 308]", message = "redirect a domain with 301 or 308")
        @Nullable
        Integer code) {
    /** One that redirects unless it is the first. */
    public Domain(String name) {
        this(name, null, null);
    }
}
