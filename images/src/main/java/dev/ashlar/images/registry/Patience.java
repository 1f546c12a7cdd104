package dev.ashlar.images.registry;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Progress;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLHandshakeException;

/** How often and after which pause one request is sent again. */
final class Patience {
    private static final int TRIES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** A sweep reads every manifest and removes files: seconds, on a slow disk minutes. */
    private static final Duration SWEEP = Duration.ofMinutes(10);

    private final RegistryTarget target;
    private final Request request;
    private final Progress progress;
    private final Instant start = Instant.now();
    private int tries = 1;
    private boolean said;

    Patience(RegistryTarget target, Request request, Progress progress) {
        this.target = target;
        this.request = request;
        this.progress = progress;
    }

    /** True, after a pause, when the request is to be sent again. */
    boolean repeats(Answer answer) {
        if (Answer.isReadOnly(request.method(), answer.status())) {
            return waitsForSweep(answer);
        }
        if (!answer.isTransient() || !request.repeatable() || tries >= TRIES) {
            return false;
        }
        answer.explanation();
        pause(answer);
        return true;
    }

    private boolean waitsForSweep(Answer answer) {
        if (Instant.now().isAfter(start.plus(SWEEP))) {
            return false;
        }
        if (!said) {
            progress.say("· %s takes no writes at the moment (HTTP %d): waiting", target.registry(), answer.status());
            said = true;
        }
        answer.explanation();
        pause(answer);
        return true;
    }

    /** Returns after a pause when the request is to be sent again; else throws the sentence for the user. */
    void afterFailure(IOException failure) {
        if (!request.repeatable() || tries >= TRIES || failure instanceof SSLHandshakeException) {
            throw Trouble.noAnswer(target, request.purpose(), failure);
        }
        if (failure
                instanceof HttpTimeoutException) { // after a minute or more, so that nobody thinks that nothing happens
            progress.say("· %s gave no answer in time: trying again", target.registry());
        }
        pause(FIRST_PAUSE.multipliedBy(1L << Math.min(tries, 5)));
    }

    private void pause(Answer answer) {
        String wish = answer.header("Retry-After");
        pause(
                wish.matches("[0-9]{1,3}")
                        ? Duration.ofSeconds(Long.parseLong(wish))
                        : FIRST_PAUSE.multipliedBy(1L << Math.min(tries, 5)));
    }

    private void pause(Duration wanted) {
        tries++;
        long millis = Math.min(wanted.toMillis(), LONGEST_PAUSE.toMillis());
        try {
            Thread.sleep(millis + ThreadLocalRandom.current().nextLong(millis / 4 + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BuildException("interrupted; run the command again", e);
        }
    }
}
