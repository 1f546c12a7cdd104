package dev.ashlar.operator.service.plan;

import dev.ashlar.crds.Access;
import dev.ashlar.crds.Check;
import dev.ashlar.crds.EnvVar;
import dev.ashlar.crds.Health;
import dev.ashlar.crds.Live;
import dev.ashlar.crds.MountedFile;
import dev.ashlar.crds.Port;
import dev.ashlar.crds.Priority;
import dev.ashlar.crds.Resources;
import dev.ashlar.crds.SecretKey;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.ServiceSpec;
import dev.ashlar.crds.Volume;
import dev.ashlar.operator.kube.Labels;
import dev.ashlar.operator.kube.NamedImage;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a Service's objects need, with every absent field given its meaning.
 *
 * @param image the reference that the container runtime pulls by
 * @param run when its pods run
 * @param before what runs before the pods of a revision, in this order
 * @param ready when a pod answers; null when the Service has neither health nor a TCP port, so that running is ready
 * @param live the check whose failure restarts a container; null when nothing does
 * @param startWithin how long a container may take until {@code ready} holds for the first time
 * @param access who may connect to it and where it may connect to
 * @param secrets the version of each Secret that it uses, where the operator may know it: a change rolls the pods
 */
public record ServicePlan(
        Service owner,
        String image,
        List<String> command,
        List<String> args,
        Run run,
        List<Step> before,
        List<Port> ports,
        @Nullable Check ready,
        @Nullable Check live,
        Duration startWithin,
        List<EnvVar> env,
        List<MountedFile> files,
        List<Volume> volumes,
        Quantity cpu,
        Quantity memory,
        Priority priority,
        Access access,
        Exceptions exceptions,
        SortedMap<String, String> secrets) {
    private static final Quantity CPU = new Quantity("50m");
    private static final Quantity MEMORY = new Quantity("64Mi");
    private static final Duration START_WITHIN = Duration.ofSeconds(60);

    public static ServicePlan of(Service service) {
        ServiceSpec spec = service.getSpec();
        Health health = spec.health();
        Resources resources = spec.resources();
        return new ServicePlan(
                service,
                NamedImage.pulledAs(spec.image()),
                spec.command(),
                spec.args(),
                Run.of(spec),
                spec.before().stream().map(Step::of).toList(),
                spec.ports(),
                health == null ? firstPort(spec.ports()) : health.check(),
                health == null ? null : live(health.live()),
                health == null || health.startWithin() == null ? START_WITHIN : duration(health.startWithin()),
                spec.env(),
                spec.files(),
                spec.volumes(),
                resources == null || resources.cpu() == null ? CPU : resources.cpu(),
                resources == null || resources.memory() == null ? MEMORY : resources.memory(),
                spec.priority() == null ? Priority.NORMAL : spec.priority(),
                spec.access() == null ? new Access(null, null) : spec.access(),
                new Exceptions(spec.allow()),
                new TreeMap<>());
    }

    /** The same plan with the versions of the Secrets that it uses. */
    public ServicePlan withSecrets(SortedMap<String, String> versions) {
        return new ServicePlan(
                owner,
                image,
                command,
                args,
                run,
                before,
                ports,
                ready,
                live,
                startWithin,
                env,
                files,
                volumes,
                cpu,
                memory,
                priority,
                access,
                exceptions,
                versions);
    }

    /** The keys of Secrets that its variables and files are taken from. */
    public List<SecretKey> secretKeys() {
        return Stream.concat(env.stream().map(EnvVar::secret), files.stream().map(MountedFile::secret))
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /** How many pods are to answer: none where they end by themselves, or where the nodes decide. */
    public int replicas() {
        return switch (run) {
            case Run.Replicated replicated -> replicated.replicas();
            case Run.Stateful stateful -> stateful.replicas();
            case Run.PerNode perNode -> 0;
            case Run.Scheduled scheduled -> 0;
            case Run.Once once -> 0;
        };
    }

    /** The Site that it belongs to, if it belongs to one. */
    public Optional<String> site() {
        return Labels.site(owner);
    }

    public Exposure exposure() {
        return new Exposure(ports);
    }

    /** Files whose content stands in the spec. */
    public List<MountedFile> plainFiles() {
        return files.stream().filter(file -> file.content() != null).toList();
    }

    /** Volumes that outlive a pod, of which only one pod at a time may have hold. */
    public List<Volume> keptVolumes() {
        return volumes.stream().filter(volume -> volume.temporary() == null).toList();
    }

    /** Whether the pod of a revision has to go before the next one can start: both want the same volume or port of a node. */
    public boolean stopsFirst() {
        return run instanceof Run.Replicated && !keptVolumes().isEmpty();
    }

    public String name() {
        return owner.getMetadata().getName();
    }

    public String namespace() {
        return owner.getMetadata().getNamespace();
    }

    /** The image as its user wrote it. */
    public String writtenImage() {
        return owner.getSpec().image();
    }

    /** {@code sha256:…} of the image. */
    public String digest() {
        return NamedImage.digest(image);
    }

    /** The number behind a port's name; the schema lets only names of the list through. */
    public int number(String portName) {
        return ports.stream()
                .filter(port -> port.name().equals(portName))
                .findFirst()
                .orElseThrow()
                .port();
    }

    private static @Nullable Check firstPort(List<Port> ports) {
        return ports.stream()
                .filter(port -> port.protocol() != Port.Protocol.UDP)
                .findFirst()
                .map(port -> new Check.Tcp(port.name()))
                .orElse(null);
    }

    private static @Nullable Check live(@Nullable Live live) {
        return live == null ? null : live.check();
    }

    /** {@code 90s}, {@code 10m} or {@code 1m30s}, as the schema writes durations. */
    private static Duration duration(String text) {
        return Duration.parse("PT" + text);
    }
}
