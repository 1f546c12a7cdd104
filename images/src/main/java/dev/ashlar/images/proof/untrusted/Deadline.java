package dev.ashlar.images.proof.untrusted;

import java.time.Duration;

/** The moment at which a judgement gives up, asked at every read. */
public record Deadline(long nanos, Duration allowed) {
    public static Deadline in(Duration allowed) {
        return new Deadline(System.nanoTime() + allowed.toNanos(), allowed);
    }

    void check() throws SourceFailure {
        if (System.nanoTime() - nanos > 0) {
            throw new SourceFailure("it took more than %d s".formatted(allowed.toSeconds()));
        }
    }
}
