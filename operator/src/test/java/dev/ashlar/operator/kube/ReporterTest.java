package dev.ashlar.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a resource is looked at again: what was said sooner counts. */
class ReporterTest {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATE = Duration.ofMinutes(1);

    @Test
    void looksAgainAtTheSoonerOfTwoTimes() {
        assertThat(delay(null, null)).isEmpty();
        assertThat(delay(SOON, null)).contains(SOON.toMillis());
        assertThat(delay(null, LATE)).contains(LATE.toMillis());
        assertThat(delay(SOON, LATE)).contains(SOON.toMillis());
        assertThat(delay(LATE, SOON)).contains(SOON.toMillis());
    }

    private static Optional<Long> delay(@Nullable Duration said, @Nullable Duration atLatest) {
        UpdateControl<ConfigMap> control = UpdateControl.noUpdate();
        if (said != null) {
            control.rescheduleAfter(said);
        }
        return Reporter.atLatestIn(Optional.ofNullable(atLatest), control).getScheduleDelay();
    }
}
