package dev.ashlar.images.registry;

import java.io.IOException;

/** A blob that is not what its descriptor says, in size or digest. */
public final class WrongContent extends IOException {
    private static final long serialVersionUID = 1L;

    WrongContent(String message) {
        super(message);
    }
}
