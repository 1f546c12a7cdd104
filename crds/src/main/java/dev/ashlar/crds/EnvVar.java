package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** One environment variable: a value or a key of a Secret. */
@JsonInclude(Include.NON_NULL)
public record EnvVar(
        @Required String name,
        @Nullable String value,
        @Nullable SecretKey secret) {}
