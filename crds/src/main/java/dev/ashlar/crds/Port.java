package dev.ashlar.crds;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** One port that the containers listen on. */
public record Port(
        @Required String name,
        @Required int port,
        @Default("TCP") @Nullable Protocol protocol) {
    /** What a port speaks below the application. */
    public enum Protocol {
        TCP,
        UDP
    }
}
