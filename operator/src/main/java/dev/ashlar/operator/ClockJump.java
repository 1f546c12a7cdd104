package dev.ashlar.operator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Whether the clock was put back since the start. What the framework planned before (a retry, another look) then waits for as long as the clock
 * went back, so that the operator is better started again. A clock that is put forward only makes things early.
 *
 * @param ticks nanoseconds that only go on, as of {@link System#nanoTime()}
 */
record ClockJump(Clock clock, LongSupplier ticks, Instant start, long startTicks) {
    /** More than a clock is corrected by in the course of a day. */
    private static final Duration TOLERANCE = Duration.ofSeconds(10);

    static ClockJump since(Clock clock, LongSupplier ticks) {
        return new ClockJump(clock, ticks, clock.instant(), ticks.getAsLong());
    }

    boolean back() {
        Instant expected = start.plusNanos(ticks.getAsLong() - startTicks);
        return clock.instant().isBefore(expected.minus(TOLERANCE));
    }
}
