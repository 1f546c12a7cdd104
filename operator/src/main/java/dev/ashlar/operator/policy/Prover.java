package dev.ashlar.operator.policy;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.operator.kube.NamedImage;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Proves the images that are asked for, one at a time, since each takes memory and time; what cannot be read is tried again. */
final class Prover implements AutoCloseable {
    /** Most verdicts are there by then. */
    static final Duration SOON = Duration.ofSeconds(3);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Work work;
    private final Predicate<NamedImage> isAskedFor;
    private final Consumer<NamedImage> changed;
    private final Clock clock;
    private final Semaphore turn = new Semaphore(1, true);
    private final Map<NamedImage, Attempt> attempts = new ConcurrentHashMap<>();

    /** Proves one image and keeps the verdict; throws when there is none. */
    @FunctionalInterface
    interface Work {
        void prove(NamedImage image) throws IOException;
    }

    /** @param changed told when there is more to say of an image */
    Prover(Work work, Predicate<NamedImage> isAskedFor, Consumer<NamedImage> changed, Clock clock) {
        this.work = work;
        this.isAskedFor = isAskedFor;
        this.changed = changed;
        this.clock = clock;
    }

    /** The tries to prove one image. */
    private final class Attempt {
        private final Instant since = clock.instant();
        private final Thread thread;
        private volatile @Nullable String trouble;

        Attempt(NamedImage image) {
            thread = Thread.ofVirtual().name("proof").unstarted(() -> prove(image, this));
        }

        Standing standing() {
            String why = trouble;
            Duration left = SOON.minus(Duration.between(since, clock.instant()));
            return why == null
                    ? new Standing.Proving(left.isPositive() ? left : Duration.ZERO)
                    : new Standing.NotJudged(why);
        }
    }

    /** Sees to it that the image is being proven, and says how far that got. */
    Standing prove(NamedImage image) {
        Attempt started = new Attempt(image);
        Attempt attempt =
                Optional.ofNullable(attempts.putIfAbsent(image, started)).orElse(started);
        if (attempt == started) {
            started.thread.start();
        }
        return attempt.standing();
    }

    private void prove(NamedImage image, Attempt attempt) {
        try {
            Duration pause = FIRST_PAUSE;
            while (isAskedFor.test(image) && !isProven(image, attempt)) {
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            attempts.remove(image, attempt);
        }
    }

    private boolean isProven(NamedImage image, Attempt attempt) throws InterruptedException {
        turn.acquire();
        try {
            work.prove(image);
            return true;
        } catch (IOException | BuildException | KubernetesClientException failure) {
            String why = String.valueOf(failure.getMessage());
            if (!why.equals(attempt.trouble)) {
                attempt.trouble = why;
                changed.accept(image);
            }
            return false;
        } finally {
            turn.release();
        }
    }

    @Override
    public void close() {
        attempts.values().forEach(attempt -> attempt.thread.interrupt());
    }
}
