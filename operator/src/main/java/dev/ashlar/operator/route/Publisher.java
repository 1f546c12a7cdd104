package dev.ashlar.operator.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
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
    /** A thousand Sites take their time to write down: no more than a tenth of all time goes there. */
    private static final int REST = 9;

    private final GatewaySecret secret;
    private final SiteAddresses addresses;
    private final Gateway gateway;
    private @Nullable JsonNode published;
    private Holders holders = Holders.NONE;

    @Inject
    Publisher(
            KubernetesClient client,
            SiteAddresses addresses,
            Gateway gateway,
            @ConfigProperty(name = "ashlar.namespace", defaultValue = "ashlar-system") String namespace) {
        this.secret = new GatewaySecret(client, namespace);
        this.addresses = addresses;
        this.gateway = gateway;
    }

    /** Begins; it ends with the process, as leading does. */
    public void start() {
        gateway.publishAgain();
        Thread.ofPlatform().daemon().name("gateway").start(this::run);
    }

    private void run() {
        try {
            for (; ; ) {
                gateway.await();
                TimeUnit.MILLISECONDS.sleep(TOGETHER.toMillis());
                long start = System.nanoTime();
                tryToPublish();
                TimeUnit.NANOSECONDS.sleep(REST * (System.nanoTime() - start));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tryToPublish() throws InterruptedException {
        try {
            gateway.take().ifPresentOrElse(this::publish, gateway::publishAgain);
        } catch (RuntimeException e) {
            LOG.warnf("the gateway's configuration is not published, which is tried again: %s", e.getMessage());
            gateway.notPublished(String.valueOf(e.getMessage()));
            TimeUnit.MILLISECONDS.sleep(AFTER_FAILURE.toMillis());
            gateway.publishAgain();
        }
    }

    private void publish(SortedMap<String, SiteRoutes> sites) {
        JsonNode before = published;
        if (before == null) {
            before = secret.read().orElseGet(MissingNode::getInstance);
            holders = GatewayConfig.holders(before);
        }
        Holders settled = holders.settled(sites.values(), addresses);
        JsonNode config = GatewayConfig.of(sites.values(), settled, addresses);
        if (!config.equals(before)) {
            secret.write(config);
        }
        published = config;
        holders = settled;
        gateway.published(sites, settled);
    }
}
