package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** One name that a Site answers to. */
@JsonInclude(Include.NON_NULL)
public record Domain(@Required String name, @Nullable Boolean serve) {}
