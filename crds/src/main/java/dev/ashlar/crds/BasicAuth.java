package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Who may see something by name and password. */
@JsonInclude(Include.NON_NULL)
@ValidationRule(
        value = "has(self.secret) != has(self.disabled)",
        message = "give exactly one of secret and disabled, like {secret: {name: shop-users, key: users}}")
public record BasicAuth(
        @JsonPropertyDescription(
                "The key of a Secret that has a line NAME:HASH for each, as `htpasswd -nB NAME` writes it (bcrypt).")
        @Nullable
        SecretKey secret,

        @JsonPropertyDescription("Nobody is asked, for a route of a site that asks: {}.") @Nullable
        Disabled disabled) {
    /** Nobody is asked. */
    public record Disabled() {}
}
