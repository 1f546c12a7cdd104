package dev.ashlar.operator.policy;

import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.proof.KnownImages;
import java.nio.charset.StandardCharsets;

/** The list of known images that was deployed with the operator, and a short hash that tells it from others. */
record KnownList(String id, KnownImages images) {
    private static final int LENGTH = 12;

    /** Throws an {@link IllegalArgumentException} that says what is wrong. */
    static KnownList read(String json) {
        return new KnownList(
                Sha256.of(json.getBytes(StandardCharsets.UTF_8)).substring(0, LENGTH), KnownImages.read(json));
    }
}
