package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Whom to ask about a Site. */
@JsonInclude(Include.NON_NULL)
public record Contact(
        @JsonPropertyDescription("The e-mail address of who answers for the site.")
        @Size(max = 254)
        @ValidationRule(value = Rules.EMAIL, message = Rules.EMAIL_SAYS)
        @Nullable
        String owner,

        @JsonPropertyDescription("The e-mail address of who repairs it.")
        @Size(max = 254)
        @ValidationRule(value = Rules.EMAIL, message = Rules.EMAIL_SAYS)
        @Nullable
        String technical) {}
