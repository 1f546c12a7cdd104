package dev.ashlar.images.recipe;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a container of the image runs; what is absent comes from the base image. */
public record RunConfig(
        @Nullable List<String> entrypoint,
        @Nullable List<String> cmd,
        @Nullable String user,
        @Nullable String stopSignal,
        Map<String, String> env,
        List<Integer> ports,
        @Nullable String workdir) {
    static final RunConfig EMPTY = new RunConfig(null, null, null, null, Map.of(), List.of(), null);

    public RunConfig {
        env = env == null ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(env));
        ports = ports == null ? List.of() : List.copyOf(ports);
    }
}
