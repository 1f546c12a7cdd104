package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a Service should run. */
@JsonInclude(Include.NON_NULL)
public record ServiceSpec(
        @Required String image,
        @JsonInclude(Include.NON_EMPTY) List<String> command,
        @JsonInclude(Include.NON_EMPTY) List<String> args,
        @SpecReplicas @Nullable Integer replicas,
        @JsonInclude(Include.NON_EMPTY) List<Port> ports,
        @Nullable Health health,
        @JsonInclude(Include.NON_EMPTY) List<EnvVar> env,
        @JsonInclude(Include.NON_EMPTY) List<MountedFile> files,
        @Nullable Resources resources) {

    public ServiceSpec {
        command = Absent.asEmpty(command);
        args = Absent.asEmpty(args);
        ports = Absent.asEmpty(ports);
        env = Absent.asEmpty(env);
        files = Absent.asEmpty(files);
    }
}
