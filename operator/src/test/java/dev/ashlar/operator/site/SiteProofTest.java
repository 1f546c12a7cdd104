package dev.ashlar.operator.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Service;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Stage;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** What a Site says of the proofs of its images, by what its Services say. */
class SiteProofTest {
    private static final String PROVEN = condition("Proven", "True", "Proven");
    private static final String READY = condition("Ready", "True", "Ready");
    private static final String NOT_PROVEN = condition("Proven", "False", "NotProven");
    private static final String REFUSED = condition("Ready", "False", "NotProven");

    private final SequencedMap<String, Service> services = new LinkedHashMap<>();

    @Test
    void isProvenWhenAllImagesAre() {
        service("content", READY, PROVEN);
        service("api", READY, PROVEN);

        assertThat(stage()).isEqualTo(new Stage("Proven", new Outcome.Done("All images are proven.")));
    }

    @Test
    void onlyTellsOfAnImageThatIsWarnedOf() {
        service("content", READY, PROVEN);
        service("api", READY, NOT_PROVEN);

        assertThat(stage())
                .isEqualTo(new Stage("Proven", new Outcome.Stalled(SiteReason.NotProven, "NotProven of api."), true));
    }

    @Test
    void isInTheWayWhenAnImageIsRefused() {
        service("content", REFUSED, NOT_PROVEN);
        service("api", REFUSED, NOT_PROVEN);

        assertThat(stage())
                .isEqualTo(new Stage(
                        "Proven",
                        new Outcome.Stalled(SiteReason.NotProven, "NotProven of content. NotProven of api.")));
    }

    @Test
    void letsARefusalSpeakBeforeWhatWaits() {
        service("content", condition("Ready", "False", "Proving"), condition("Proven", "False", "Proving"));
        assertThat(stage().outcome()).isInstanceOf(Outcome.Waiting.class);

        service("api", REFUSED, NOT_PROVEN);
        assertThat(stage().outcome()).isInstanceOf(Outcome.Stalled.class);
    }

    @Test
    void isUnknownWithoutBeingInTheWayUntilEveryServiceHasSaid() {
        service("content", READY, PROVEN);
        service("api");
        assertThat(stage().isInTheWay()).isFalse();
        assertThat(stage().outcome().message()).isEqualTo("The images of Site shop are being proven.");

        service("api", READY, condition("Proven", "Unknown", "NotJudged"));
        assertThat(stage())
                .isEqualTo(new Stage("Proven", new Outcome.Waiting(SiteReason.NotJudged, "NotJudged of api."), true));
    }

    private Stage stage() {
        Site site = new Site();
        site.setMetadata(new ObjectMetaBuilder().withName("shop").build());
        return SiteProof.stage(site, services);
    }

    private static String condition(String type, String status, String reason) {
        return "{type: %s, status: \"%s\", reason: %s, message: %s of NAME., lastTransitionTime: \"2026-01-01T00:00:00Z\"}"
                .formatted(type, status, reason, reason);
    }

    private void service(String name, String... conditions) {
        services.put(
                name,
                Serialization.unmarshal(
                        """
                        metadata: {name: shop-%s, generation: 1}
                        status: {observedGeneration: 1, conditions: [%s]}
                        """.formatted(name, String.join(", ", conditions).replace("NAME", name)), Service.class));
    }
}
