package dev.ashlar.images.oci;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An OCI image config; without a creation time, which would be either false or not reproducible. */
public record ImageConfig(String architecture, String os, Run config, RootFs rootfs) {
    /** How a container runs, as the OCI image specification names it. */
    @JsonInclude(Include.NON_EMPTY)
    public record Run(
            @JsonProperty("User") @Nullable String user,
            @JsonProperty("ExposedPorts") Map<String, Map<String, String>> exposedPorts,
            @JsonProperty("Env") List<String> env,
            @JsonProperty("Entrypoint") List<String> entrypoint,
            @JsonProperty("Cmd") List<String> cmd,
            @JsonProperty("WorkingDir") @Nullable String workingDir,
            @JsonProperty("StopSignal") @Nullable String stopSignal) {
        /** The config of an image that says nothing: user 65532, which owns nothing. */
        public static final Run DEFAULT = new Run("65532:65532", Map.of(), List.of(), List.of(), List.of(), "/", null);

        public Run {
            exposedPorts = exposedPorts == null ? Map.of() : exposedPorts;
            env = env == null ? List.of() : List.copyOf(env);
            entrypoint = entrypoint == null ? List.of() : List.copyOf(entrypoint);
            cmd = cmd == null ? List.of() : List.copyOf(cmd);
        }
    }

    /** The digests of the uncompressed layers, which for plain tar are the layers' own. */
    public record RootFs(
            String type, @JsonProperty("diff_ids") List<String> diffIds) {}

    /** What the image is for. */
    public Platform platform() {
        return Platform.of(os + "/" + architecture)
                .orElseThrow(() -> new IllegalStateException("an image for %s/%s".formatted(os, architecture)));
    }

    static ImageConfig of(Platform platform, Run run, List<Descriptor> layers) {
        return new ImageConfig(
                platform.architecture(),
                "linux",
                run,
                new RootFs("layers", layers.stream().map(Descriptor::digest).toList()));
    }
}
