package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** What each pod is given. */
@JsonInclude(Include.NON_NULL)
public record Resources(@Nullable Quantity cpu, @Nullable Quantity memory) {}
