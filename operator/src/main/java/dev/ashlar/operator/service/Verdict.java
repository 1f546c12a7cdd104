package dev.ashlar.operator.service;

import dev.ashlar.operator.kube.Outcome;
import dev.ashlar.operator.kube.Stage;
import dev.ashlar.operator.service.verdict.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far a Service got.
 *
 * @param progress what is known of the pods, where they last
 * @param missedAfter when a run that has not started is missed, of which nothing tells us
 */
record Verdict(List<Stage> stages, Optional<Progress> progress, Optional<Instant> missedAfter) {
    static Verdict of(Stage stage) {
        return new Verdict(List.of(stage), Optional.empty(), Optional.empty());
    }

    Verdict after(Stage first) {
        return new Verdict(Stream.concat(Stream.of(first), stages.stream()).toList(), progress, missedAfter);
    }

    boolean isDone() {
        return Stage.verdict(stages) instanceof Outcome.Done;
    }

    /** Why it failed for good, by its name, if it did. */
    Map<String, String> causes(String name) {
        return Stage.isFailed(stages) ? Map.of(name, Stage.verdict(stages).message()) : Map.of();
    }

    Optional<Duration> missedIn(Instant now) {
        return missedAfter
                .filter(now::isBefore)
                .map(time -> Duration.between(now, time).plusSeconds(1));
    }
}
