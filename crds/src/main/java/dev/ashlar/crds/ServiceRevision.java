package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** What a Service runs. */
@JsonInclude(Include.NON_NULL)
public record ServiceRevision(
        @JsonPropertyDescription("The digest of the image that the ready pods run: sha256:<64 hex digits>.") @Required
        String digest,

        @JsonPropertyDescription("The label ashlar.dev/revision of these pods: the hash of all that they are made of.")
        @Nullable
        String template) {}
