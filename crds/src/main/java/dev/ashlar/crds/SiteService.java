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
 * A service of a Site: a name and, beside it, the fields of {@link ServiceSpec} but those of a resource of its own, whose part of the schema is copied here. (Jackson cannot unwrap a record into
 * another one under Fabric8's deserializers, so the fields stand here again; a test compares them.)
 */
@JsonInclude(Include.NON_NULL)
public record SiteService(
        @JsonPropertyDescription(
                "The name of the service in the site; the Service is called <site>-<name>. `content` and `php` are"
                        + " the content's own.")
        @Required
        @Size(max = 20)
        @ValidationRule(value = Rules.LABEL, message = Rules.LABEL_SAYS)
        @ValidationRule(
                value = "self != 'content' && self != 'php'",
                message = "give the service another name: `content` and `php` are services of the site's content")
        String name,

        @Required String image,
        @JsonInclude(Include.NON_EMPTY) List<String> command,
        @JsonInclude(Include.NON_EMPTY) List<String> args,
        @Nullable Integer replicas,
        @Nullable Boolean stateful,
        @Nullable PerNode perNode,
        @Nullable Schedule schedule,
        @Nullable Once once,
        @JsonInclude(Include.NON_EMPTY) List<Before> before,
        @JsonInclude(Include.NON_EMPTY) List<Port> ports,
        @Nullable Health health,
        @JsonInclude(Include.NON_EMPTY) List<EnvVar> env,
        @JsonInclude(Include.NON_EMPTY) List<MountedFile> files,
        @JsonInclude(Include.NON_EMPTY) List<Volume> volumes,
        @Nullable Resources resources,
        @Nullable Priority priority,
        @Nullable Access access,
        @JsonInclude(Include.NON_EMPTY) List<Allowance> allow,

        @JsonPropertyDescription(
                "Where it finds volumes of the site: {volume: db, path: /data}. Services that share one have one pod"
                        + " each and live on one node.")
        @Size(max = 16)
        @JsonInclude(Include.NON_EMPTY)
        List<Mount> mounts) {

    public SiteService {
        command = Absent.asEmpty(command);
        args = Absent.asEmpty(args);
        before = Absent.asEmpty(before);
        ports = Absent.asEmpty(ports);
        env = Absent.asEmpty(env);
        files = Absent.asEmpty(files);
        volumes = Absent.asEmpty(volumes);
        allow = Absent.asEmpty(allow);
        mounts = Absent.asEmpty(mounts);
    }

    /** What a Service of its own would have as its spec. */
    public ServiceSpec spec() {
        return new ServiceSpec(
                image, command, args, replicas, stateful, perNode, schedule, once, before, ports, health, env, files,
                volumes, resources, priority, access, allow, null, null);
    }
}
