package dev.ashlar.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Service;
import dev.ashlar.crds.ServiceSpec;
import dev.ashlar.crds.Site;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuspensionTest {
    private static final List<Stage> STAGES = List.of(
            new Stage("Applied", new Outcome.Done("All objects are in place.")),
            new Stage("Available", new Outcome.Done("2 pods answer.")));

    @Test
    void changesNothingOfWhatIsNotSuspended() {
        assertThat(Suspension.on(service(false), STAGES)).isEqualTo(STAGES);
    }

    @Test
    void saysSoFirstAndBeforeEachMessageAndLetsTheVerdictStand() {
        var stages = Suspension.on(service(true), STAGES);

        assertThat(stages).extracting(Stage::type).containsExactly("Suspended", "Applied", "Available");
        assertThat(Stage.verdict(stages)).isEqualTo(new Outcome.Done("Suspended: 2 pods answer."));
        assertThat(stages.getFirst().outcome().message()).endsWith("until spec.suspend is removed from Service api.");
    }

    @Test
    void namesTheSiteWhereTheServiceBelongsToOne() {
        Site site = new Site();
        site.setMetadata(new ObjectMetaBuilder().withName("shop").withUid("1").build());
        Service service = service(true);
        service.setMetadata(Labels.child(site, "shop-api"));

        assertThat(Suspension.held(service, service, null))
                .isEqualTo("Service shop-api is not there, and is not made; remove spec.suspend from Site shop.");
    }

    private static Service service(boolean suspended) {
        Service service = new Service();
        service.setMetadata(new ObjectMetaBuilder().withName("api").build());
        service.setSpec(Serialization.unmarshal("image: api\nsuspend: %s".formatted(suspended), ServiceSpec.class));
        return service;
    }
}
