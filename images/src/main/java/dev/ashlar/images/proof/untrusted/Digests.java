package dev.ashlar.images.proof.untrusted;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** SHA-256, the one algorithm that images are named by here. */
public final class Digests {
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

    private Digests() {}

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether this is {@code sha256:} and 64 hex digits. */
    public static boolean isDigest(String text) {
        return FORM.matcher(text).matches();
    }
}
