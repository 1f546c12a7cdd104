package dev.ashlar.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a status is worth a write: most changes are done before anybody could read that they are on their way. */
class PatienceTest {
    private enum Because implements Reason {
        RollingOut,
        Wrong
    }

    private static final Stage ROLLING = new Stage("Available", new Outcome.Waiting(Because.RollingOut, "On its way."));
    private static final Stage WRONG = new Stage("Available", new Outcome.Waiting(Because.Wrong, "It is wrong."));
    private static final Optional<Long> NEVER = Optional.empty();
    /** Made in the morning, asked for something else at noon. */
    private static final ConfigMap CHANGED = new ConfigMapBuilder()
            .withNewMetadata()
            .withGeneration(2L)
            .withCreationTimestamp("2026-01-01T08:00:00Z")
            .addNewManagedField()
            .withManager("kubectl")
            .withTime("2026-01-01T12:00:00Z")
            .endManagedField()
            .addNewManagedField()
            .withManager("ashlar")
            .withSubresource("status")
            .withTime("2026-01-01T12:00:02Z")
            .endManagedField()
            .endMetadata()
            .build();

    @Test
    void waitsThreeSecondsBeforeItTellsThatAChangeIsOnItsWay() {
        assertThat(left(ROLLING, Optional.of(1L), "2026-01-01T12:00:01Z")).contains(Duration.ofSeconds(2));
        assertThat(left(ROLLING, NEVER, "2026-01-01T12:00:01Z")).contains(Duration.ofSeconds(2));
        assertThat(left(ROLLING, Optional.of(1L), "2026-01-01T12:00:03Z")).isEmpty();
    }

    @Test
    void tellsOfTroubleAtOnce() {
        assertThat(left(WRONG, Optional.of(1L), "2026-01-01T12:00:01Z")).isEmpty();
    }

    @Test
    void tellsAtOnceThatWhatAnsweredNoLongerDoes() {
        assertThat(left(ROLLING, Optional.of(2L), "2026-01-01T12:00:01Z")).isEmpty();
    }

    @Test
    void doesNotWaitByAClockThatIsBehindTheServers() {
        assertThat(left(ROLLING, NEVER, "2026-01-01T11:00:00Z")).isEmpty();
    }

    private static Optional<Duration> left(Stage stage, Optional<Long> told, String now) {
        return Patience.SHORT.left(CHANGED, List.of(stage), told, Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
    }
}
