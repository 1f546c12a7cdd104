package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** The static content of a Site: an image that serves it on port 8080. */
@JsonInclude(Include.NON_NULL)
public record Content(
        @Required String image,
        @Nullable Integer replicas,
        @Nullable String notFound) {}
