package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** What a Service runs. */
public record ServiceRevision(
        @JsonPropertyDescription("The digest of the image that the ready pods run: sha256:<64 hex digits>.") @Required
        String digest) {}
