package dev.ashlar.operator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteStatus;
import dev.ashlar.operator.kube.Stage;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of probes of one Site, whose gateway answers with a status that the test chooses. */
class MonitorTest {
    private final Site site = ProbedSite.ready("{routes: [{path: /, respond: 204}]}");
    private final ResourceID id = ResourceID.fromResource(site);
    private final List<ResourceID> told = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private HttpServer gateway;
    private Monitor monitor;
    private volatile int status = 200;

    @BeforeEach
    void start() throws IOException {
        Metrics.addRegistry(meters);
        String here = InetAddress.getLoopbackAddress().getHostAddress();
        gateway = HttpServer.create(new InetSocketAddress(here, 0), 0);
        gateway.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        gateway.start();
        monitor = monitor(Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
        Metrics.removeRegistry(meters);
    }

    @Test
    void tellsOfASiteWhenItBeginsAndWhenItCeasesToAnswer() {
        assertThat(monitor.stage(site)).isEmpty();
        look(200, 200, 500, 200);
        assertThat(told).hasSize(1);
        assertThat(monitor.stage(site)).map(Stage::isInTheWay).contains(false);
        look(500, 500, 502, 500);
        assertThat(told).hasSize(2);
        assertThat(monitor.stage(site)).hasValueSatisfying(stage -> {
            assertThat(stage.outcome().message()).contains("answers with the status 500 since");
            assertThat(stage.isInTheWay()).isFalse();
        });
        look(200);
        assertThat(told).hasSize(3).containsOnly(id);
    }

    @Test
    void measuresProbesUntilTheSiteIsGone() {
        monitor.stage(site);
        look(200, 500);
        assertThat(meters.get("ashlar.site.probe")
                        .tags("namespace", "team", "site", "shop")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(meters.get("ashlar.site.probe.failures").counter().count()).isEqualTo(1);
        monitor.forget(id);
        look(200);
        assertThat(meters.getMeters()).isEmpty();
    }

    @Test
    void saysNothingOfASiteThatIsSuspendedOrWhereNoneIsProbed() {
        monitor.stage(site);
        look(200);
        assertThat(monitor.stage(site)).isPresent();
        assertThat(monitor.stage(ProbedSite.ready("{content: {image: a}, suspend: true}")))
                .isEmpty();
        var reachable = new Condition("Reachable", "True", 1L, "2026-01-01T00:00:00Z", "Reachable", "It answers.");
        site.setStatus(new SiteStatus(1L, List.of(reachable), null, null, List.of(), Map.of(), List.of()));
        assertThat(monitor(Duration.ZERO).stage(site)).isEmpty();
        assertThat(monitor(Duration.ofSeconds(1)).stage(site)).isPresent();
    }

    private Monitor monitor(Duration interval) {
        String here = gateway.getAddress().getHostString();
        int port = gateway.getAddress().getPort();
        Monitor monitor = new Monitor(Clock.systemUTC(), interval, new Probe(here, port, port, Duration.ofSeconds(5)));
        monitor.follow(Stream::empty, told::add);
        return monitor;
    }

    private void look(int... statuses) {
        for (int each : statuses) {
            status = each;
            monitor.look(site);
        }
    }
}
