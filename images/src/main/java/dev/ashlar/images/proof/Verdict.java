package dev.ashlar.images.proof;

/**
 * How an image stands to one rule.
 *
 * @param violations how many entries break the rule
 * @param where the first of them, as {@code /bin/x}; a blob, or empty, where it is no file
 * @param why a phrase that follows it; for a waiver, the reason it was given for
 */
public record Verdict(Rule rule, Result result, long violations, String where, String why) {
    /** The four ends of a judgement. */
    public enum Result {
        PASSED,
        /** The rule is broken, and the list of known images allows it. */
        WAIVED,
        FAILED,
        /** The image could not be read to its end, so that no more is known. */
        UNJUDGED
    }

    /** Whether the rule does not stand in the way of a proof. */
    public boolean isGood() {
        return result == Result.PASSED || result == Result.WAIVED;
    }
}
