package dev.ashlar.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClockJumpTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T12:00:00Z"));
    private final AtomicLong ticks = new AtomicLong(42);
    private final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    };
    private final ClockJump jump = ClockJump.since(clock, ticks::get);

    @BeforeEach
    void tenDaysGoBy() {
        pass(Duration.ofDays(10));
    }

    @Test
    void isNoneWhileTheClockGoesOnOrIsCorrectedByAFewSeconds() {
        assertThat(jump.back()).isFalse();
        set(Duration.ofSeconds(-5));
        assertThat(jump.back()).isFalse();
    }

    @Test
    void isSeenWhenTheClockWasPutBackEvenLongAfter() {
        set(Duration.ofHours(-1));
        assertThat(jump.back()).isTrue();
        pass(Duration.ofMinutes(30));
        assertThat(jump.back()).isTrue();
    }

    @Test
    void isNoneWhenTheClockWasPutForward() {
        set(Duration.ofDays(365));
        assertThat(jump.back()).isFalse();
    }

    private void pass(Duration time) {
        set(time);
        ticks.addAndGet(time.toNanos());
    }

    private void set(Duration by) {
        now.updateAndGet(time -> time.plus(by));
    }
}
