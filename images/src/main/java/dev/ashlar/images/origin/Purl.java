package dev.ashlar.images.origin;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes package URLs (ECMA-427), by the rules of each type. */
public final class Purl {
    private static final String UNRESERVED = "-._~:";

    private Purl() {}

    static String golang(String path, String version) {
        return "pkg:golang/%s@%s".formatted(segments(path.toLowerCase(Locale.ROOT)), encode(version));
    }

    /** @param release may be empty */
    static String debian(String name, String version, String arch, String release) {
        String distro = release.isEmpty() ? "" : "&distro=" + encode(release);
        return "pkg:deb/debian/%s@%s?arch=%s%s".formatted(encode(name), encode(version), encode(arch), distro);
    }

    static String pypi(String name, String version) {
        return "pkg:pypi/%s@%s".formatted(encode(name.toLowerCase(Locale.ROOT).replace('_', '-')), encode(version));
    }

    /** @param name with its scope, as {@code @scope/name} */
    static String npm(String name, String version) {
        return "pkg:npm/%s@%s".formatted(segments(name.toLowerCase(Locale.ROOT)), encode(version));
    }

    static String maven(String group, String artifact, String version) {
        return "pkg:maven/%s/%s@%s".formatted(encode(group), encode(artifact), encode(version));
    }

    static String generic(String path, String version) {
        return "pkg:generic/%s@%s".formatted(segments(path), encode(version));
    }

    /** An image by the digest of its manifest; the type knows only the last part of a name. */
    public static String oci(String name, String digest) {
        return "pkg:oci/%s@%s".formatted(encode(name.replaceFirst(".*/", "").toLowerCase(Locale.ROOT)), encode(digest));
    }

    private static String segments(String path) {
        return Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(Purl::encode)
                .collect(Collectors.joining("/"));
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return encoded.toString();
    }
}
