package dev.ashlar.operator.service;

import dev.ashlar.crds.Check;
import dev.ashlar.crds.EnvVar;
import dev.ashlar.crds.Health;
import dev.ashlar.crds.Live;
import dev.ashlar.crds.MountedFile;
import dev.ashlar.crds.Port;
import dev.ashlar.crds.Resources;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.ServiceSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a Service's objects need, with every absent field given its meaning.
 *
 * @param image the reference that the container runtime pulls by
 * @param run when its pods run
 * @param ready when a pod answers; null when the Service has neither health nor a TCP port, so that running is ready
 * @param live the check whose failure restarts a container; null when nothing does
 * @param startWithin how long a container may take until {@code ready} holds for the first time
 */
record ServicePlan(
        Service owner,
        String image,
        List<String> command,
        List<String> args,
        Run run,
        List<Port> ports,
        @Nullable Check ready,
        @Nullable Check live,
        Duration startWithin,
        List<EnvVar> env,
        List<MountedFile> files,
        Quantity cpu,
        Quantity memory) {
    private static final String REGISTRY = "localhost:5000/";
    private static final Quantity CPU = new Quantity("50m");
    private static final Quantity MEMORY = new Quantity("64Mi");
    private static final Duration START_WITHIN = Duration.ofSeconds(60);

    static ServicePlan of(Service service) {
        ServiceSpec spec = service.getSpec();
        Health health = spec.health();
        Resources resources = spec.resources();
        return new ServicePlan(
                service,
                pulledAs(spec.image()),
                spec.command(),
                spec.args(),
                Run.of(spec),
                spec.ports(),
                health == null ? firstPort(spec.ports()) : health.check(),
                health == null ? null : live(health.live()),
                health == null || health.startWithin() == null ? START_WITHIN : duration(health.startWithin()),
                spec.env(),
                spec.files(),
                resources == null || resources.cpu() == null ? CPU : resources.cpu(),
                resources == null || resources.memory() == null ? MEMORY : resources.memory());
    }

    /** How many pods are to answer: none where they end by themselves. */
    int replicas() {
        return switch (run) {
            case Run.Always always -> always.replicas();
            case Run.Scheduled scheduled -> 0;
            case Run.Once once -> 0;
        };
    }

    String name() {
        return owner.getMetadata().getName();
    }

    String namespace() {
        return owner.getMetadata().getNamespace();
    }

    /** The image as its user wrote it. */
    String writtenImage() {
        return owner.getSpec().image();
    }

    /** {@code sha256:…} of the image. */
    String digest() {
        return image.substring(image.indexOf('@') + 1);
    }

    /** The number behind a port's name; the schema lets only names of the list through. */
    int number(String portName) {
        return ports.stream()
                .filter(port -> port.name().equals(portName))
                .findFirst()
                .orElseThrow()
                .port();
    }

    /** A name without a host is in the cluster's own registry, which every node reaches as localhost:5000. */
    private static String pulledAs(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean hasHost = first.contains(".") || first.contains(":") || first.equals("localhost");
        return hasHost ? image : REGISTRY + image;
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
