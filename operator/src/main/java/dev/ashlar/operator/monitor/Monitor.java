package dev.ashlar.operator.monitor;

import dev.ashlar.crds.Site;
import dev.ashlar.operator.kube.Stage;
import dev.ashlar.operator.kube.Suspension;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Probes each Site once in an interval while this operator leads, one after the other evenly, and knows what came of it. */
@Singleton
public final class Monitor {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Clock clock;
    private final Duration interval;
    private final Probe probe;
    /** Of each Site that was reconciled since the start. */
    private final Map<ResourceID, Finding> findings = new ConcurrentHashMap<>();

    private volatile Supplier<Stream<Site>> known = Stream::empty;
    private volatile Consumer<ResourceID> listener = site -> {};

    @Inject
    Monitor(
            Clock clock,
            @ConfigProperty(name = "ashlar.monitor.interval", defaultValue = "60s") Duration interval,
            @ConfigProperty(name = "ashlar.namespace", defaultValue = "ashlar-system") String namespace) {
        this(clock, interval, new Probe("gateway.%s.svc.cluster.local.".formatted(namespace), HTTP, HTTPS, PATIENCE));
    }

    /** @param interval zero for none at all */
    Monitor(Clock clock, Duration interval, Probe probe) {
        this.clock = clock;
        this.interval = interval;
        this.probe = probe;
    }

    /** Begins; it ends with the process, as leading does. */
    public void start() {
        if (interval.isPositive()) {
            Thread.ofPlatform().daemon().name("monitor").start(this::run);
        }
    }

    /** The stages of a Site, with what is told of its front page after them. */
    public List<Stage> after(List<Stage> stages, Site site) {
        return Stream.concat(stages.stream(), stage(site).stream()).toList();
    }

    /** One that Ready does not wait for; nothing while nothing is known. */
    Optional<Stage> stage(Site site) {
        if (!interval.isPositive() || Suspension.isSuspended(site)) {
            return Optional.empty();
        }
        Finding finding = findings.computeIfAbsent(ResourceID.fromResource(site), id -> Finding.before(site));
        return Optional.ofNullable(finding.told()).map(told -> new Stage(Stage.REACHABLE, told, true));
    }

    /**
     * @param sites all that there are
     * @param changed is told of a Site that fares otherwise than before
     */
    void follow(Supplier<Stream<Site>> sites, Consumer<ResourceID> changed) {
        known = sites;
        listener = changed;
    }

    void forget(ResourceID gone) {
        findings.remove(gone);
        ProbeMetrics.forget(gone);
    }

    private void run() {
        try {
            for (; ; ) {
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** On platform threads: the look-up of a name may hold its thread for seconds, and others prove images on virtual ones. */
    private void round() throws InterruptedException {
        List<Site> sites = known.get().filter(Expected::toAnswer).toList();
        Duration pause = interval.dividedBy(Math.max(1, sites.size()));
        for (Site site : sites) {
            Thread.ofPlatform().daemon().name("probe").start(() -> look(site));
            Thread.sleep(pause);
        }
        if (sites.isEmpty()) {
            Thread.sleep(pause);
        }
    }

    /** Probes one Site, and tells of it when it fares otherwise than before. */
    void look(Site site) {
        ResourceID id = ResourceID.fromResource(site);
        long start = System.nanoTime();
        Optional<String> failure = probe.failure(URI.create(site.getStatus().url()));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Finding before = findings.get(id);
        if (before == null) {
            return; // it was deleted meanwhile
        }
        ProbeMetrics.count(id, took, failure.isPresent());
        Finding after = before.after(failure, site, clock.instant());
        if (findings.replace(id, before, after) && !Objects.equals(before.told(), after.told())) {
            listener.accept(id);
        }
    }
}
