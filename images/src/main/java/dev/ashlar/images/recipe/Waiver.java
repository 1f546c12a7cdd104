package dev.ashlar.images.recipe;

import java.util.Locale;

/** What an image may hold only when its recipe says why; of the rules on an image's content only these can be waived. */
public enum Waiver {
    DYNAMIC("static", "a dynamic ELF file"),
    SHELL("no-shell", "a shell, or a script for one"),
    INTERPRETER("no-interpreter", "an interpreter, or a script for one");

    private final String rule;
    private final String what;

    Waiver(String rule, String what) {
        this.rule = rule;
        this.what = what;
    }

    /** The rule that this waives, as verdicts name it. */
    public String rule() {
        return rule;
    }

    /** What is allowed, in a phrase. */
    public String what() {
        return what;
    }

    /** The key in {@code allows}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
