package dev.ashlar.operator.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Condition;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.ServiceStatus;
import dev.ashlar.operator.kube.Conditions;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** When a Site has something to tell: what its Services will soon tell better is not worth a write. */
class SiteHealthTest {
    private static final Service ASKED_FOR = service("asked", 2, 1, "True", "Ready");
    private static final Service ANSWERS = service("answers", 1, 1, "True", "Ready");
    private static final Service ON_ITS_WAY = service("rolls", 1, 1, "False", "RollingOut");
    private static final Service IN_TROUBLE = service("crashes", 1, 1, "False", "Crashing");

    @Test
    void hasNothingToTellWhileServicesWereOnlyAskedFor() {
        assertThat(SiteHealth.isYetToBeTold(services(ASKED_FOR))).isTrue();
        assertThat(SiteHealth.isYetToBeTold(services(ANSWERS, ASKED_FOR))).isTrue();
    }

    @Test
    void tellsWhatServicesTell() {
        assertThat(SiteHealth.isYetToBeTold(services(ANSWERS))).isFalse();
        assertThat(SiteHealth.isYetToBeTold(services(ASKED_FOR, ON_ITS_WAY))).isFalse();
        assertThat(SiteHealth.isYetToBeTold(services(IN_TROUBLE, ASKED_FOR))).isFalse();
        assertThat(SiteHealth.isYetToBeTold(services())).isFalse();
    }

    private static SequencedMap<String, Service> services(Service... services) {
        SequencedMap<String, Service> byName = new LinkedHashMap<>();
        for (Service service : services) {
            byName.put(service.getMetadata().getName(), service);
        }
        return byName;
    }

    private static Service service(String name, long asked, long told, String status, String reason) {
        Service service = new Service();
        service.setMetadata(
                new ObjectMetaBuilder().withName(name).withGeneration(asked).build());
        service.setStatus(new ServiceStatus(
                told,
                List.of(new Condition(Conditions.READY, status, told, "2026-01-01T00:00:00Z", reason, "Said.")),
                null,
                0,
                "",
                List.of(),
                List.of(),
                List.of()));
        return service;
    }
}
