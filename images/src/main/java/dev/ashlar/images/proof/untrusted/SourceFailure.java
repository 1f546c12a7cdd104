package dev.ashlar.images.proof.untrusted;

import java.io.IOException;

/** The place that an image comes from failed or took too long, which says nothing about the image. */
public final class SourceFailure extends IOException {
    private static final long serialVersionUID = 1L;

    public SourceFailure(String message) {
        super(message);
    }

    SourceFailure(IOException cause) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }
}
