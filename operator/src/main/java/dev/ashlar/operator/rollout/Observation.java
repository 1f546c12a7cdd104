package dev.ashlar.operator.rollout;

/** What the status of a {@link Target} says; the message is a clause for its progress line. */
sealed interface Observation {
    String message();

    record Ready(String message) implements Observation {}

    record Waiting(String message) implements Observation {}

    /** Waiting on does not help. */
    record Failed(String message) implements Observation {}
}
