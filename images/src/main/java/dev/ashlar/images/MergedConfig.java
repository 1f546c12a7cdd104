package dev.ashlar.images;

import dev.ashlar.images.oci.ImageConfig;
import dev.ashlar.images.recipe.RunConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The config of an image: what its base says, and over it what its own recipe says. */
final class MergedConfig {
    private MergedConfig() {}

    static ImageConfig.Run of(ImageConfig.Run base, RunConfig own) {
        boolean newEntrypoint = own.entrypoint() != null;
        return new ImageConfig.Run(
                or(own.user(), base.user()),
                ports(base, own),
                environment(base, own),
                orElse(own.entrypoint(), base.entrypoint()),
                orElse(
                        own.cmd(),
                        newEntrypoint ? List.of() : base.cmd()), // as Docker: a new entrypoint drops the old arguments
                or(own.workdir(), base.workingDir()),
                or(own.stopSignal(), base.stopSignal()));
    }

    private static @Nullable String or(@Nullable String own, @Nullable String base) {
        return own == null ? base : own;
    }

    private static List<String> orElse(@Nullable List<String> own, List<String> base) {
        return own == null ? base : own;
    }

    private static Map<String, Map<String, String>> ports(ImageConfig.Run base, RunConfig own) {
        Map<String, Map<String, String>> ports = new TreeMap<>(base.exposedPorts());
        own.ports().forEach(port -> ports.put(port + "/tcp", Map.of()));
        return ports;
    }

    private static List<String> environment(ImageConfig.Run base, RunConfig own) {
        Map<String, String> environment = new TreeMap<>();
        for (String variable : base.env()) {
            String[] parts = variable.split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        environment.putAll(own.env());
        List<String> lines = new ArrayList<>();
        environment.forEach((name, value) -> lines.add(name + "=" + value));
        return lines;
    }
}
