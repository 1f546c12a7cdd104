package dev.ashlar.operator.spec;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * In what way a spec is made.
 *
 * @param dense how probable an optional field is
 * @param wrong how probable each value is one that its schema does not describe
 * @param full how probable a list or a text is as long as it may be
 */
record Mood(double dense, double wrong, double full) {
    private static final List<Mood> ALL = List.of(
            new Mood(0.1, 0, 0),
            new Mood(0.3, 0, 0.01),
            new Mood(0.5, 0, 0.02),
            new Mood(0.9, 0, 0),
            new Mood(0.3, 0, 0.3),
            new Mood(0.3, 0.02, 0),
            new Mood(0.6, 0.1, 0.02));

    static Mood any(RandomGenerator random) {
        return ALL.get(random.nextInt(ALL.size()));
    }
}
