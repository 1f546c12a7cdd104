package dev.ashlar.operator.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.crds.HistoryEntry.Verdict;
import dev.ashlar.crds.Service;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.kube.Golden;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a ControllerRevision holds. */
class ControllerRevisionsTest {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    @Test
    void aSiteComesBackAsItWasApplied() throws IOException {
        comesBack("site", Site.class);
    }

    @Test
    void aServiceComesBackAsItWasApplied() throws IOException {
        comesBack("service", Service.class);
    }

    /** Through the text that the API server would store. */
    private static <T extends CustomResource<S, ?>, S> void comesBack(String name, Class<T> kind) throws IOException {
        Path folder = Path.of("src/test/resources/history", name);
        T owner = Golden.in(folder, kind);
        ControllerRevision made =
                ControllerRevisions.revision(owner, Entries.entry(3, Verdict.PENDING), owner.getSpec());
        Golden.matches(folder, Map.<String, HasMetadata>of("controllerrevision", made));

        ControllerRevision stored = JSON.unmarshal(JSON.asJson(made), ControllerRevision.class);
        @SuppressWarnings("unchecked")
        S spec = ControllerRevisions.spec(
                JSON, stored, (Class<S>) owner.getSpec().getClass());
        assertThat(JSON.convertValue(spec, JsonNode.class))
                .isEqualTo(JSON.convertValue(owner.getSpec(), JsonNode.class));
        assertThat(SpecHash.of(spec)).isEqualTo(SpecHash.of(owner.getSpec()));
    }
}
