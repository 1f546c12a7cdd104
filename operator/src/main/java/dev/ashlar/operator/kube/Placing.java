package dev.ashlar.operator.kube;

import java.time.Duration;

/**
 * What a controller says of an object that it applied.
 *
 * @param inPlace when it is there as desired
 * @param leaving why not, when another of the name has to go first
 * @param refused why not, when the API server does not take it
 * @param held why not, when its owner is suspended
 * @param taken why not, when another of the name is somebody else's
 */
public record Placing(Outcome inPlace, Reason leaving, Reason refused, Reason held, Reason taken) {
    /** Nothing tells us that a quota was raised. */
    private static final Duration DENIED_RECHECK = Duration.ofMinutes(1);

    public Outcome of(Applied<?> applied) {
        return switch (applied) {
            case Applied.InPlace<?> there -> inPlace;
            case Applied.Leaving<?> former -> new Outcome.Waiting(leaving, former.message());
            case Applied.Denied<?> denied -> new Outcome.Waiting(refused, denied.message(), DENIED_RECHECK);
            case Applied.Held<?> suspended -> new Outcome.Stalled(held, suspended.message());
            case Applied.Taken<?> other -> new Outcome.Stalled(taken, other.message());
            case Applied.Refused<?> wrong -> new Outcome.Stalled(refused, wrong.message());
        };
    }
}
