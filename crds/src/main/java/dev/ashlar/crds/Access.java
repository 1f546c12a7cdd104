package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may connect to a service, and where it may connect to. An absent list and an empty one differ. */
@JsonInclude(Include.NON_NULL)
public record Access(
        @JsonPropertyDescription(
                "Who may connect: absent means the services of its own site and the gateway, [] means nobody.")
        @Size(max = 16)
        @Nullable
        List<Source> from,

        @JsonPropertyDescription(
                "Where it may connect to: absent means anywhere but the API server, the cloud's metadata and other sites, [] means nowhere. The cluster's DNS is always open.")
        @Size(max = 16)
        @Nullable
        List<Target> to) {

    /** One that may connect. */
    @JsonInclude(Include.NON_NULL)
    @ValidationRule(value = Rules.ONE_PEER, message = Rules.ONE_PEER_SAYS)
    public record Source(
            @JsonPropertyDescription(Rules.PEER_SERVICE)
            @Size(max = 51)
            @ValidationRule(value = Rules.LABEL, message = Rules.LABEL_SAYS)
            @Nullable
            String service,

            @JsonPropertyDescription(Rules.PEER_SITE)
            @Size(max = 30)
            @ValidationRule(value = Rules.LABEL, message = Rules.LABEL_SAYS)
            @Nullable
            String site,

            @JsonPropertyDescription(Rules.PEER_CIDR)
            @Size(max = 43)
            @ValidationRule(value = Rules.CIDR, message = Rules.CIDR_SAYS)
            @Nullable
            String cidr) {}

    /** One to connect to. */
    @JsonInclude(Include.NON_NULL)
    @ValidationRule(value = Rules.ONE_PEER, message = Rules.ONE_PEER_SAYS)
    public record Target(
            @JsonPropertyDescription(Rules.PEER_SERVICE)
            @Size(max = 51)
            @ValidationRule(value = Rules.LABEL, message = Rules.LABEL_SAYS)
            @Nullable
            String service,

            @JsonPropertyDescription(Rules.PEER_SITE)
            @Size(max = 30)
            @ValidationRule(value = Rules.LABEL, message = Rules.LABEL_SAYS)
            @Nullable
            String site,

            @JsonPropertyDescription(Rules.PEER_CIDR)
            @Size(max = 43)
            @ValidationRule(value = Rules.CIDR, message = Rules.CIDR_SAYS)
            @Nullable
            String cidr,

            @JsonPropertyDescription("The only port; absent means every one.") @Min(1) @Max(65535) @Nullable
            Integer port) {}
}
