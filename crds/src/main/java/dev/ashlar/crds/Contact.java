package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/** Whom to ask about a Site. */
@JsonInclude(Include.NON_NULL)
public record Contact(@Nullable String owner, @Nullable String technical) {}
