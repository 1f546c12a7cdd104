package dev.ashlar.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetingTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Fleeting<String> values = new Fleeting<>(nanos::get);

    @Test
    void forgetsWhatNobodyAsksForAgain() {
        IntStream.range(0, 1000).forEach(number -> values.put("gone-" + number, "old"));
        nanos.addAndGet(Duration.ofSeconds(50).toNanos());
        values.put("gone-0", "young");
        nanos.addAndGet(Duration.ofSeconds(20).toNanos());

        values.put("new", "new");

        assertThat(values.size()).isEqualTo(2);
        assertThat(values.getWhile("gone-0", value -> true)).contains("young");
        assertThat(values.getWhile("gone-1", value -> true)).isEmpty();
    }

    @Test
    void removesWhatNoLongerCountsAndNoNewerValue() {
        values.put("a", "older");
        values.put("a", "newer");

        assertThat(values.getWhile("a", value -> !value.equals("older"))).contains("newer");
        assertThat(values.getWhile("a", value -> !value.equals("newer"))).isEmpty();
        assertThat(values.size()).isZero();
    }
}
