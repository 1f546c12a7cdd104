package dev.ashlar.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Condition;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What kstatus and `kubectl wait` read. */
class ConditionsTest {
    private enum Because implements Reason {
        Slow,
        Wrong
    }

    private static final Clock MORNING = at("2026-01-01T08:00:00.123Z");
    private static final Clock EVENING = at("2026-01-01T20:00:00Z");
    private static final Stage APPLIED = new Stage("Applied", new Outcome.Done("In place."));
    private static final Stage SLOW = new Stage("Available", new Outcome.Waiting(Because.Slow, "It is slow."));
    private static final Stage FAST = new Stage("Available", new Outcome.Done("It answers."));

    @Test
    void keepsTheTransitionTimeWhileTheStatusIsUnchanged() {
        var before = Conditions.of(List.of(APPLIED, SLOW), List.of(), 1, MORNING);
        var wrong = new Stage("Available", new Outcome.Stalled(Because.Wrong, "It is wrong."));

        var after = Conditions.of(List.of(APPLIED, wrong), before, 2, EVENING);

        assertThat(condition(after, "Ready"))
                .isEqualTo(new Condition("Ready", "False", 2L, "2026-01-01T08:00:00Z", "Wrong", "It is wrong."));
        assertThat(condition(after, "Stalled").lastTransitionTime()).isEqualTo("2026-01-01T20:00:00Z");
    }

    @Test
    void movesTheTransitionTimeWithTheStatus() {
        var before = Conditions.of(List.of(APPLIED, SLOW), List.of(), 1, MORNING);

        var after = Conditions.of(List.of(APPLIED, FAST), before, 1, EVENING);

        assertThat(condition(after, "Ready").lastTransitionTime()).isEqualTo("2026-01-01T20:00:00Z");
        assertThat(condition(after, "Applied").lastTransitionTime()).isEqualTo("2026-01-01T08:00:00Z");
    }

    @Test
    void saysReconcilingAndStalledOnlyWhenTrue() {
        assertThat(types(APPLIED, FAST)).containsExactly("Ready", "Applied", "Available");
        assertThat(types(APPLIED, SLOW)).containsExactly("Ready", "Applied", "Available", "Reconciling");
        assertThat(types(new Stage("Applied", new Outcome.Stalled(Because.Wrong, "No.")), FAST))
                .containsExactly("Ready", "Applied", "Available", "Stalled");
    }

    @Test
    void goesOnPastAStageThatIsOnlyToldOf() {
        var wrong = new Stage("Proven", new Outcome.Stalled(Because.Wrong, "It is wrong."), true);
        var unknown = new Stage("Proven", new Outcome.Waiting(Because.Slow, "It is slow."), true);

        var told = Conditions.of(List.of(wrong, FAST), List.of(), 1, MORNING);

        assertThat(condition(told, "Ready").status()).isEqualTo("True");
        assertThat(condition(told, "Proven"))
                .isEqualTo(new Condition("Proven", "False", 1L, "2026-01-01T08:00:00Z", "Wrong", "It is wrong."));
        assertThat(condition(Conditions.of(List.of(unknown, FAST), List.of(), 1, MORNING), "Proven")
                        .status())
                .isEqualTo("Unknown");
        assertThat(types(wrong, FAST)).containsExactly("Ready", "Proven", "Available");
        assertThat(types(FAST, wrong)).containsExactly("Ready", "Available", "Proven");
    }

    @Test
    void isReadyAsTheFirstStageThatIsNotDone() {
        var taken = new Stage("Applied", new Outcome.Stalled(Because.Wrong, "The name is taken."));

        var conditions = Conditions.of(List.of(taken, SLOW), List.of(), 1, MORNING);

        assertThat(condition(conditions, "Ready").message()).isEqualTo("The name is taken.");
        assertThat(condition(conditions, "Available").status()).isEqualTo("Unknown");
    }

    private static List<String> types(Stage... stages) {
        return Conditions.of(List.of(stages), List.of(), 1, MORNING).stream()
                .map(Condition::type)
                .toList();
    }

    private static Condition condition(List<Condition> conditions, String type) {
        return Conditions.find(conditions, type).orElseThrow();
    }

    private static Clock at(String instant) {
        return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
    }
}
