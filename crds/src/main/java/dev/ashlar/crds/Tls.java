package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How a Site comes by its certificates. */
@JsonInclude(Include.NON_NULL)
@ValidationRule(
        value =
                "(has(self.acme) ? 1 : 0) + (has(self.internal) ? 1 : 0) + (has(self.secret) ? 1 : 0) + (has(self.disabled) ? 1 : 0) == 1",
        message = "give exactly one of acme, internal, secret and disabled, like {acme: {}}")
public record Tls(
        @JsonPropertyDescription(
                "From an ACME server such as Let's Encrypt, for each domain: {}. The names have to lead here, and port 80 has to be reached from outside.")
        @Nullable
        Acme acme,

        @JsonPropertyDescription("From the cluster's own CA: {}. Whoever visits has to trust it, see `ashlar trust`.")
        @Nullable
        Internal internal,

        @JsonPropertyDescription(
                "A Secret of the type kubernetes.io/tls with the chain and the key for all the site's domains, which somebody else renews.")
        @Nullable
        Given secret,

        @JsonPropertyDescription("None, only plain HTTP: {}.") @Nullable
        Disabled disabled) {
    /** By an ACME server. */
    public record Acme() {}

    /** By the cluster's own CA. */
    public record Internal() {}

    /** By somebody else. */
    public record Given(
            @JsonPropertyDescription("The name of the Secret.")
            @Required
            @Size(max = 253)
            @ValidationRule(value = Rules.OBJECT_NAME, message = Rules.SECRET_SAYS)
            String name) {}

    /** Not at all. */
    public record Disabled() {}
}
