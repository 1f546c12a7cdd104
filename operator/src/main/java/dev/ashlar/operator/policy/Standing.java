package dev.ashlar.operator.policy;

import java.time.Duration;

/** How an image stands. */
sealed interface Standing {
    record Judged(Judgement judgement) implements Standing {}

    /** It is in a registry where nothing proves it. */
    record Foreign() implements Standing {}

    /**
     * It is being read and judged.
     *
     * @param soon for how much longer the verdict may be expected any moment
     */
    record Proving(Duration soon) implements Standing {}

    /** It could not be read; that is tried again by itself. */
    record NotJudged(String why) implements Standing {}
}
