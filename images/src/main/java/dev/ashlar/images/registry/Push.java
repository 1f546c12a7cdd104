package dev.ashlar.images.registry;

import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.oci.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * Brings an image of a layout into a repository: what it lacks, and the manifest last, so that no image is there by half. The
 * tag {@code latest} then names what was pushed last, for people; whatever runs names a digest.
 */
public final class Push {
    private static final String LATEST = "latest";
    /** A sweep of the registry may remove what was uploaded for a manifest that was not there yet. */
    private static final int ROUNDS = 4;

    private Push() {}

    /** Returns the number of bytes sent; 0 when the image was the last one pushed, which one request tells. */
    public static long to(Registry registry, Layout layout) {
        try {
            Descriptor manifest = layout.descriptor();
            Optional<Descriptor> last = registry.head(LATEST);
            if (last.isPresent() && last.get().digest().equals(manifest.digest())) {
                return 0;
            }
            byte[] bytes = Files.readAllBytes(layout.blob(manifest));
            Request put = registry.putting(LATEST, manifest.mediaType(), bytes);
            long sent = bytes.length;
            for (int round = 1; ; round++) {
                sent += blobs(registry, layout);
                try (Answer answer = registry.send(put)) {
                    if (answer.status() == 201) {
                        return sent;
                    }
                    boolean swept = answer.status() == 404 || answer.status() == 400;
                    if (round == ROUNDS || !swept) {
                        throw Trouble.refused(registry.target(), "write " + manifest.digest(), answer);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + layout.folder(), e);
        }
    }

    private static long blobs(Registry registry, Layout layout) throws IOException {
        long sent = 0;
        for (Descriptor blob : layout.manifest().blobs()) {
            if (!registry.hasBlob(blob.digest())) {
                registry.upload(blob, layout.blob(blob));
                sent += blob.size();
            }
        }
        return sent;
    }
}
