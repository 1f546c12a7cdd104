package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** One observation about a resource, in the shape that every Kubernetes tool reads (metav1.Condition). */
@JsonInclude(Include.NON_NULL)
public record Condition(
        @Required String type,
        @Required String status,
        @Nullable Long observedGeneration,
        @Required String lastTransitionTime,
        @Required String reason,
        @Required String message) {}
