package dev.ashlar.images.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.proof.source.ImageSource;
import dev.ashlar.images.proof.untrusted.BlobInput;
import dev.ashlar.images.proof.untrusted.Deadline;
import dev.ashlar.images.proof.untrusted.Limits;
import dev.ashlar.images.proof.untrusted.Malformed;
import dev.ashlar.images.proof.untrusted.StrictJson;
import java.io.IOException;

/** Reads the small JSON documents of an image from its source, each checked against the descriptor that names it. */
record Documents(ImageSource source, Limits limits, Deadline deadline) {
    /** A blob as it comes; who reads it to its end calls {@link BlobInput#finish}. */
    BlobInput open(Descriptor blob) throws IOException {
        return new BlobInput(source.open(blob), blob, deadline);
    }

    JsonNode read(Descriptor descriptor) throws IOException {
        if (descriptor.size() > limits.json()) {
            throw new Malformed(
                    "is said to have %d bytes, more than any manifest or config".formatted(descriptor.size()));
        }
        try (BlobInput in = open(descriptor)) {
            byte[] bytes = in.readNBytes(limits.json() + 1);
            in.finish();
            return StrictJson.object(bytes);
        }
    }
}
