package dev.ashlar.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts as drift, on a Deployment as a real API server stored it, and on the same after `kubectl patch` added to it. */
class DriftTest {
    private final ObjectNode desired = yaml("desired");
    private final ObjectNode live = yaml("live");
    private final ObjectNode foreign = yaml("foreign");

    @Test
    void takesNoDefaultOfTheServerForDrift() {
        assertThat(Drift.between(desired, live)).isFalse();
        assertThat(ForeignFields.in(live)).isEmpty();
    }

    @Test
    void comparesQuantitiesByValue() {
        assertThat(live.at("/spec/template/spec/containers/0/resources/limits/memory")
                        .asText())
                .isEqualTo("134217728");
        limits(desired).put("memory", "128Mi");
        assertThat(Drift.between(desired, live)).isFalse();

        limits(desired).put("memory", "129Mi");
        assertThat(Drift.between(desired, live)).isTrue();
    }

    @Test
    void seesAValueThatDiffers() {
        ((ObjectNode) live.at("/spec/template/spec/securityContext")).put("runAsNonRoot", false);
        assertThat(Drift.between(desired, live)).isTrue();
    }

    @Test
    void seesAFieldThatWasTakenAway() {
        ((ObjectNode) live.at("/spec/template/spec/containers/0/securityContext")).remove("allowPrivilegeEscalation");
        assertThat(Drift.between(desired, live)).isTrue();
    }

    @Test
    void seesAnItemThatWasTakenAway() {
        ((ArrayNode) live.at("/spec/template/spec/containers/0/env")).remove(0);
        assertThat(Drift.between(desired, live)).isTrue();
    }

    @Test
    void seesWhatIsNoLongerDesired() {
        ((ArrayNode) desired.at("/spec/template/spec/containers/0/env")).remove(0);
        assertThat(Drift.between(desired, live)).isTrue();
    }

    @Test
    void doesNotMindTheOrderOfAKeyedList() {
        ArrayNode env = (ArrayNode) live.at("/spec/template/spec/containers/0/env");
        env.add(env.remove(0));
        assertThat(Drift.between(desired, live)).isFalse();
    }

    @Test
    void appliesOnceMoreWhereNobodyKnowsWhatWasApplied() {
        ((ObjectNode) live.get("metadata")).remove("managedFields");
        assertThat(Drift.between(desired, live)).isTrue();
    }

    @Test
    void findsWhatOthersAddedLastItemsFirst() {
        assertThat(Drift.between(desired, foreign)).isFalse();
        assertThat(ForeignFields.in(foreign))
                .isEqualTo(List.of(
                        "/spec/template/spec/containers/1/env/3",
                        "/spec/template/spec/containers/1/ports/0",
                        "/spec/template/spec/containers/1/securityContext/capabilities/add",
                        "/spec/template/spec/containers/0",
                        "/spec/template/spec/hostNetwork"));
    }

    private static ObjectNode limits(JsonNode deployment) {
        return (ObjectNode) deployment.at("/spec/template/spec/containers/0/resources/limits");
    }

    private static ObjectNode yaml(String name) {
        try {
            String text = Files.readString(Path.of("src/test/resources/kube", name + ".yaml"));
            return new KubernetesSerialization().unmarshal(text, ObjectNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
