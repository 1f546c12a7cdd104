package dev.ashlar.operator.kube;

import java.time.Duration;

/** How far one stage got. Unexpected trouble is an exception, never an Outcome. */
public sealed interface Outcome {
    String message();

    /** The stage reached what the spec asks for. */
    record Done(String message) implements Outcome {}

    /** Others must move first; {@code recheck} is zero where an event will tell. */
    record Waiting(Reason reason, String message, Duration recheck) implements Outcome {
        public Waiting(Reason reason, String message) {
            this(reason, message, Duration.ZERO);
        }
    }

    /** Only an edit helps. */
    record Stalled(Reason reason, String message) implements Outcome {}
}
