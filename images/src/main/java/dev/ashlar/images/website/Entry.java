package dev.ashlar.images.website;

import dev.ashlar.images.host.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the index says of one file.
 *
 * @param size in bytes
 * @param tag the first half of the content's sha256, 32 hex digits
 */
record Entry(long size, String tag) {
    static Entry of(Path file) throws IOException {
        return new Entry(Files.size(file), Sha256.of(file).substring(0, 32));
    }
}
