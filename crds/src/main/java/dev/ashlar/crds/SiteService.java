package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service of a Site: a name and, beside it, the fields of {@link ServiceSpec}, whose part of the schema is copied here. (Jackson cannot unwrap a record into
 * another one under Fabric8's deserializers, so the fields stand here again; a test compares them.)
 */
@JsonInclude(Include.NON_NULL)
public record SiteService(
        @JsonPropertyDescription(
                "The name of the service in the site; the Service is called <site>-<name>. `content` is the content's own.")
        @Required
        @Size(max = 20)
        @ValidationRule(value = Rules.LABEL, message = Rules.LABEL_SAYS)
        @ValidationRule(
                value = "self != 'content'",
                message = "give the service another name: `content` is the service of the site's content")
        String name,

        @Required String image,
        @JsonInclude(Include.NON_EMPTY) List<String> command,
        @JsonInclude(Include.NON_EMPTY) List<String> args,
        @Nullable Integer replicas,
        @Nullable Schedule schedule,
        @Nullable Once once,
        @JsonInclude(Include.NON_EMPTY) List<Port> ports,
        @Nullable Health health,
        @JsonInclude(Include.NON_EMPTY) List<EnvVar> env,
        @JsonInclude(Include.NON_EMPTY) List<MountedFile> files,
        @Nullable Resources resources) {

    public SiteService {
        command = Absent.asEmpty(command);
        args = Absent.asEmpty(args);
        ports = Absent.asEmpty(ports);
        env = Absent.asEmpty(env);
        files = Absent.asEmpty(files);
    }

    /** What a Service of its own would have as its spec. */
    public ServiceSpec spec() {
        return new ServiceSpec(image, command, args, replicas, schedule, once, ports, health, env, files, resources);
    }
}
