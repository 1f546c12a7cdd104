package dev.ashlar.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.operator.kube.NamedImage;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When images are proven, and how often. */
class ProverTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @Test
    void provesOneImageAtATimeAndEachOnceHoweverManyAsk() throws Exception {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var proven = new AtomicInteger();
        var gate = new CountDownLatch(1);
        try (var prover = new Prover(
                image -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    await(gate);
                    running.decrementAndGet();
                    proven.incrementAndGet();
                },
                image -> true,
                image -> {},
                CLOCK)) {
            IntStream.range(0, 30)
                    .forEach(i -> assertThat(prover.prove(image(i % 3))).isInstanceOf(Standing.Proving.class));
            gate.countDown();
            org.awaitility.Awaitility.await().until(() -> proven.get() == 3);
            assertThat(most).hasValue(1);
        }
    }

    @Test
    void triesAgainWhatCouldNotBeReadAndTellsOfItOnce() {
        var tries = new AtomicInteger();
        var told = new AtomicInteger();
        try (var prover = new Prover(
                image -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new IOException("the registry does not answer");
                    }
                },
                image -> true,
                image -> told.incrementAndGet(),
                CLOCK)) {
            prover.prove(image(1));
            org.awaitility.Awaitility.await().until(() -> told.get() == 1);
            assertThat(prover.prove(image(1))).isEqualTo(new Standing.NotJudged("the registry does not answer"));
            org.awaitility.Awaitility.await().until(() -> tries.get() == 3);
            assertThat(told).hasValue(1);
        }
    }

    @Test
    void provesNothingThatNothingAsksForAnyMore() {
        var tries = new AtomicInteger();
        try (var prover = new Prover(image -> tries.incrementAndGet(), image -> false, image -> {}, CLOCK)) {
            prover.prove(image(1));
            org.awaitility.Awaitility.await()
                    .during(java.time.Duration.ofMillis(200))
                    .until(() -> tries.get() == 0);
        }
    }

    private static NamedImage image(int number) {
        return new NamedImage("image-" + number, "sha256:" + "0".repeat(64));
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
