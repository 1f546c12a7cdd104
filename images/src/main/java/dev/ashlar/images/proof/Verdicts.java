package dev.ashlar.images.proof;

import java.util.List;

/**
 * The judgement of an image.
 *
 * @param image as it was asked for
 * @param digest of the manifest or index that was judged
 * @param origin what the tree knows of it, in one phrase
 * @param verdicts one for each rule, in their order
 */
public record Verdicts(String image, String digest, String origin, List<Verdict> verdicts) {
    public Verdicts {
        verdicts = List.copyOf(verdicts);
    }

    /** Whether every rule is kept or waived. */
    public boolean isProven() {
        return verdicts.stream().allMatch(Verdict::isGood);
    }

    public Verdict of(Rule rule) {
        return verdicts.get(rule.ordinal());
    }
}
