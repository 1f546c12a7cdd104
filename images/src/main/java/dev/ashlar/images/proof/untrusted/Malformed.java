package dev.ashlar.images.proof.untrusted;

import java.io.IOException;

/** Content breaks its format or a limit; its phrase follows the name of what was read. */
public final class Malformed extends IOException {
    private static final long serialVersionUID = 1L;

    private final String phrase;

    public Malformed(String phrase) {
        super(phrase);
        this.phrase = phrase;
    }

    public Malformed(String phrase, Throwable cause) {
        super(phrase, cause);
        this.phrase = phrase;
    }

    public String phrase() {
        return phrase;
    }
}
