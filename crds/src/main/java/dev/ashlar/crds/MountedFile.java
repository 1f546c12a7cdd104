package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** One read-only file that the containers find at its path. */
@JsonInclude(Include.NON_NULL)
public record MountedFile(
        @Required String path,
        @Required String content,
        @Nullable String mode) {}
