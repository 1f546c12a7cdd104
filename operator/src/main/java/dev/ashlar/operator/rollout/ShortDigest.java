package dev.ashlar.operator.rollout;

import dev.ashlar.operator.kube.NamedImage;

/** The beginning of a digest that is enough for a person to compare. */
public final class ShortDigest {
    private static final int HEX = 12;

    private ShortDigest() {}

    /** Of {@code shop/content@sha256:ab12…} or a plain digest: {@code sha256:} and 12 hex digits; any other text as it is. */
    public static String of(String image) {
        String digest = NamedImage.digest(image);
        int end = "sha256:".length() + HEX;
        return digest.startsWith("sha256:") && digest.length() > end ? digest.substring(0, end) : digest;
    }
}
