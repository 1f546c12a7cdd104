package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** That the gateway writes down who asked for what. */
@JsonInclude(Include.NON_NULL)
public record AccessLog(
        @JsonPropertyDescription(
                "That of a visitor's address only the network is written: /24 of IPv4, /48 of IPv6. Absent means false.")
        @Nullable
        Boolean anonymize) {}
