package dev.ashlar.operator.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the gateway's configuration while this operator leads. Changes within a short time go together. At first nothing is written before
 * every Site was heard, so that none is left out for a moment; and nothing that is there already.
 */
@Singleton
public final class Publisher {
    private static final Logger LOG = Logger.getLogger(Publisher.class);
    private static final Duration TOGETHER = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    /** A thousand Sites take their time to write down: no more than a fifth of all time goes there. */
    private static final int REST = 4;

    private final GatewaySecret secret;
    private final Environment environment;
    private final Gateway gateway;
    /** What is in the Secret, as far as this operator knows. */
    private final AtomicReference<byte @Nullable []> published = new AtomicReference<>();

    /** Who had which domain when it was last published; nothing before the first time. */
    private @Nullable Holders holders;

    @Inject
    Publisher(
            KubernetesClient client,
            Environment environment,
            Gateway gateway,
            @ConfigProperty(name = "ashlar.namespace", defaultValue = "ashlar-system") String namespace) {
        this.secret = new GatewaySecret(client, namespace);
        this.environment = environment;
        this.gateway = gateway;
    }

    /** Begins; it ends with the process, as leading does. */
    public void start() {
        gateway.publishAgain();
        secret.follow(this::look);
        Thread.ofPlatform().daemon().name("gateway").start(this::run);
    }

    private void run() {
        try {
            for (; ; ) {
                gateway.await();
                TimeUnit.MILLISECONDS.sleep(TOGETHER.toMillis());
                tryToPublish();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tryToPublish() throws InterruptedException {
        try {
            Optional<SortedMap<String, SiteRoutes>> sites = gateway.take();
            if (sites.isPresent()) {
                publish(sites.get());
            } else {
                gateway.publishAgain();
            }
        } catch (RuntimeException e) {
            LOG.warn("the gateway's configuration is not published, which is tried again", e);
            published.set(null);
            gateway.notPublished();
            TimeUnit.MILLISECONDS.sleep(AFTER_FAILURE.toMillis());
            gateway.publishAgain();
        }
    }

    private void publish(SortedMap<String, SiteRoutes> sites) throws InterruptedException {
        byte[] before = published.get();
        if (before == null) {
            before = secret.read();
        }
        Holders had = holders == null ? GatewayConfig.holders(GatewaySecret.unpacked(before)) : holders;
        long start = System.nanoTime();
        Holders settled = had.settled(sites.values(), environment.addresses());
        GivenCertificates given = GivenCertificates.of(sites.values());
        byte[] config = GatewaySecret.packed(config(sites, settled, given));
        long took = System.nanoTime() - start;
        published.set(config);
        if (!Arrays.equals(config, before)) {
            secret.write(config);
        }
        holders = settled;
        start = System.nanoTime();
        gateway.published(sites, settled, given);
        took += System.nanoTime() - start;
        TimeUnit.NANOSECONDS.sleep(REST * took);
    }

    private JsonNode config(SortedMap<String, SiteRoutes> sites, Holders settled, GivenCertificates given) {
        return switch (gateway.kind()) {
            case OWN -> GatewayConfig.of(sites.values(), settled, given, environment);
            case GATEWAY_API -> GatewayConfig.of(settled);
        };
    }

    /** Puts back what somebody else wrote, or has it written into a Secret that was made anew. */
    private void look(byte[] now) {
        byte[] own = published.get();
        if (own != null && !Arrays.equals(own, now) && published.compareAndSet(own, null)) {
            gateway.publishAgain();
        }
    }
}
