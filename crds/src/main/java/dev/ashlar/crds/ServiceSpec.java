package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a Service should run. */
@JsonInclude(Include.NON_NULL)
@JsonClassDescription("What the service runs.")
@ValidationRule(
        value = ServiceSpec.NAMES_A_PORT_IF + "has(self.health.port)" + ServiceSpec.THEN + "self.health.port)",
        fieldPath = ".health.port",
        messageExpression = "'\"' + self.health.port + '\"" + ServiceSpec.NAMES_A_PORT_SAYS)
@ValidationRule(
        value = ServiceSpec.NAMES_A_PORT_IF + "has(self.health.tcp)" + ServiceSpec.THEN + "self.health.tcp)",
        fieldPath = ".health.tcp",
        messageExpression = "'\"' + self.health.tcp + '\"" + ServiceSpec.NAMES_A_PORT_SAYS)
@ValidationRule(
        value = ServiceSpec.NAMES_A_PORT_IF + "has(self.health.live) && has(self.health.live.port)" + ServiceSpec.THEN
                + "self.health.live.port)",
        fieldPath = ".health.live.port",
        messageExpression = "'\"' + self.health.live.port + '\"" + ServiceSpec.NAMES_A_PORT_SAYS)
@ValidationRule(
        value = ServiceSpec.NAMES_A_PORT_IF + "has(self.health.live) && has(self.health.live.tcp)" + ServiceSpec.THEN
                + "self.health.live.tcp)",
        fieldPath = ".health.live.tcp",
        messageExpression = "'\"' + self.health.live.tcp + '\"" + ServiceSpec.NAMES_A_PORT_SAYS)
@ValidationRule(
        value = "(has(self.replicas) ? 1 : 0) + (has(self.perNode) ? 1 : 0) + (has(self.schedule) ? 1 : 0) +"
                + " (has(self.once) ? 1 : 0) <= 1",
        message = "replicas, perNode, schedule and once exclude each other: keep the one that is meant")
@ValidationRule(
        value = "!has(self.schedule) && !has(self.once) || !has(self.ports) && !has(self.health)",
        message = "what runs by schedule or once ends by itself, so that nothing can ask it: remove ports and health")
@ValidationRule(
        value = "!has(self.schedule) && !has(self.once) || !has(self.before)",
        message = "what runs by schedule or once has nothing that serves meanwhile: remove before, and do that work"
                + " first in the program itself")
@ValidationRule(
        value = "!has(self.stateful) || !has(self.perNode) && !has(self.schedule) && !has(self.once)",
        message = "stateful goes with replicas alone: remove stateful, or perNode, schedule and once")
@ValidationRule(
        value = "!has(self.volumes) || !has(self.replicas) || self.replicas <= 1 || has(self.stateful) && self.stateful"
                + " || self.volumes.all(v, has(v.temporary))",
        message = "several pods cannot share a volume: write stateful: true, which gives each its own, or replicas: 1,"
                + " or make the volumes temporary")
@ValidationRule(
        value = "!has(self.volumes) || !has(self.stateful) || !self.stateful || self.volumes.all(v, !has(v.claim))",
        message = "the pods of a stateful service have a volume each: give it a size instead of a claim")
@ValidationRule(
        value = "!has(self.volumes) || !has(self.stateful) || !self.stateful || self.volumes.all(v, !has(v.size) ||"
                + " has(v.delete) && v.delete) || self.volumes.all(v, !has(v.size) || !has(v.delete) ||"
                + " !v.delete)",
        message =
                "the volumes of a stateful service go or stay together: write delete: true at all of them, or at none")
@ValidationRule(
        value = "!has(self.volumes) || !has(self.perNode) || self.volumes.all(v, has(v.temporary))",
        message = "a volume is on one node, and perNode runs on all: make the volumes temporary")
@ValidationRule(
        value = "!has(self.volumes) || !has(self.files) || self.files.all(f, self.volumes.all(v, v.mountPath !="
                + " f.path))",
        message = "a file and a volume have the same path: give one of them another")
public record ServiceSpec(
        @JsonPropertyDescription(
                "What runs, by digest: NAME@sha256:<64 hex digits>. A name without a host is in the cluster's own"
                        + " registry.")
        @Required
        @Size(max = 300)
        @ValidationRule(value = Rules.IMAGE, messageExpression = Rules.IMAGE_SAYS)
        String image,

        @JsonPropertyDescription("The program and its first arguments, instead of the image's entrypoint.")
        @Size(max = 64)
        @JsonInclude(Include.NON_EMPTY)
        List<String> command,

        @JsonPropertyDescription("The arguments, instead of the image's own (its CMD).")
        @Size(max = 64)
        @JsonInclude(Include.NON_EMPTY)
        List<String> args,

        @JsonPropertyDescription("How many pods run; absent means 1, and 0 stops the service.")
        @Min(0)
        @Max(100)
        @SpecReplicas
        @Nullable
        Integer replicas,

        @JsonPropertyDescription(
                "That each pod has a stable name, <service>-0, <service>-1 and so on, which is a name in the DNS as"
                        + " <service>-0.<service>-pods, and volumes of its own.")
        @Nullable
        Boolean stateful,

        @JsonPropertyDescription("That one pod runs on each node, or on each with certain labels: `perNode: {}`.")
        @Nullable
        PerNode perNode,

        @JsonPropertyDescription(
                "That it runs at certain times and ends by itself, instead of all the time. A run is not repeated when"
                        + " it fails, and none starts beside another.")
        @Nullable
        Schedule schedule,

        @JsonPropertyDescription(
                "That it runs one time and ends by itself: `once: {}`. It runs anew when anything of this spec"
                        + " changes, and when its Job is deleted.")
        @Nullable
        Once once,

        @JsonPropertyDescription(
                "Steps that run once for each revision, one after the other, with the same image, variables, files and"
                        + " volumes (a stateful service's own volumes excepted), before its pods roll. When one fails, the"
                        + " old revision goes on serving.")
        @Size(max = 5)
        @JsonInclude(Include.NON_EMPTY)
        List<Before> before,

        @JsonPropertyDescription(
                "What the program listens on. With ports, the service's name is a name in the cluster's DNS too.")
        @Size(max = 16)
        @ValidationRule(
                value = "self.all(a, self.exists_one(b, b.port == a.port && b.protocol == a.protocol))",
                message = "two ports have the same number and protocol: give each its own number")
        @ValidationRule(
                value = "self.all(a, !has(a.publish) || self.exists_one(b, has(b.publish) && b.publish.port =="
                        + " a.publish.port && b.protocol == a.protocol))",
                message = "two ports are published as the same number: give each its own")
        @JsonInclude(Include.NON_EMPTY)
        List<Port> ports,

        @JsonPropertyDescription(
                "When a pod may get requests: exactly one of path with port, tcp, exec. Absent: when its first TCP"
                        + " port accepts a connection, or, without one, when it has run for 5 s.")
        @Nullable
        Health health,

        @JsonPropertyDescription("Environment variables.") @Size(max = 64) @JsonInclude(Include.NON_EMPTY)
        List<EnvVar> env,

        @JsonPropertyDescription(
                "Read-only files, those with content together at most 512 KiB. A change replaces the pods, one after"
                        + " the other.")
        @Size(max = 16)
        @ValidationRule(
                value = "self.map(f, has(f.content) ? bytes(f.content).size() : 0).sum() <= 524288",
                message =
                        "the files are larger than 512 KiB together: put them into the image, or over several services")
        @JsonInclude(Include.NON_EMPTY)
        List<MountedFile> files,

        @JsonPropertyDescription(
                "Folders that the containers may write to. With a size or a claim, the one pod stops before the next"
                        + " starts.")
        @Size(max = 16)
        @ValidationRule(
                value = "self.all(a, self.exists_one(b, b.mountPath == a.mountPath))",
                message = "two volumes have the same mountPath: give each its own")
        @JsonInclude(Include.NON_EMPTY)
        List<Volume> volumes,

        @JsonPropertyDescription("What each pod is given of the node.") @Nullable
        Resources resources,

        @JsonPropertyDescription(
                "Who goes first where a node is short of room: high takes the place of normal and low, low of nobody;"
                        + " absent means normal.")
        @Nullable
        Priority priority,

        @JsonPropertyDescription(
                "Who may connect to it and where it may connect to, where the cluster's network enforces that.")
        @Nullable
        Access access,

        @JsonPropertyDescription(
                "Exceptions to the rules that hold for every pod, each with its reason. Refused in namespaces with the"
                        + " label ashlar.dev/policy=enforce.")
        @Size(max = 8)
        @JsonInclude(Include.NON_EMPTY)
        List<Allowance> allow,

        @JsonPropertyDescription(
                "That all that was made of it is left as it is, whatever changes in this spec or by others: its pods"
                        + " and its schedule go on. Without it, everything follows the spec again.")
        @Nullable
        Boolean suspend,

        @JsonPropertyDescription(
                "The number of the revision that runs instead of this spec, exactly as it ran, until the field is removed; `ashlar history SERVICE` lists them. The values of Secrets and what is on volumes stay as they are.")
        @Min(1)
        @Max(1_000_000)
        @Nullable
        Integer rollbackTo) {

    /** What a service of a Site does not have, since the Site has it for all of them. */
    public static final List<String> OF_ITS_OWN = List.of("rollbackTo", "suspend");

    static final String NAMES_A_PORT_IF = "!has(self.health) || !(";
    static final String THEN = ") || has(self.ports) && self.ports.exists(p, p.protocol == 'TCP' && p.name == ";
    static final String NAMES_A_PORT_SAYS =
            " is not the name of a TCP port in ports: write the name of one, or add it there'";

    public ServiceSpec {
        command = Absent.asEmpty(command);
        args = Absent.asEmpty(args);
        before = Absent.asEmpty(before);
        ports = Absent.asEmpty(ports);
        env = Absent.asEmpty(env);
        files = Absent.asEmpty(files);
        volumes = Absent.asEmpty(volumes);
        allow = Absent.asEmpty(allow);
    }

    /** What runs, without what only steers it. */
    public ServiceSpec unsteered() {
        return scaled(replicas);
    }

    /** What runs, and whether it is left as it is. */
    public ServiceSpec suspended(@Nullable Boolean now) {
        return steered(replicas, now);
    }

    /** The same with so many pods. */
    public ServiceSpec scaled(@Nullable Integer number) {
        return steered(number, null);
    }

    private ServiceSpec steered(@Nullable Integer number, @Nullable Boolean now) {
        return new ServiceSpec(
                image, command, args, number, stateful, perNode, schedule, once, before, ports, health, env, files,
                volumes, resources, priority, access, allow, now, null);
    }

    /** The smallest one: an image and nothing else. */
    public static ServiceSpec of(String image) {
        return new ServiceSpec(
                image, List.of(), List.of(), null, null, null, null, null, List.of(), List.of(), null, List.of(),
                List.of(), List.of(), null, null, null, List.of(), null, null);
    }
}
