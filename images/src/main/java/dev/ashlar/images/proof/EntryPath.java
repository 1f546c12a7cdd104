package dev.ashlar.images.proof;

import java.util.Optional;
import java.util.Set;

/**
 * Where in the image an entry claims to be.
 *
 * @param clean the path without a slash at either end, empty for the root
 * @param problem why it is no place inside the image, in a phrase
 */
record EntryPath(String clean, Optional<String> problem) {
    private static final Set<String> STREAMS = Set.of("dev/null", "dev/stdin", "dev/stdout", "dev/stderr");

    static EntryPath of(String name) {
        String inside = name.startsWith("./") ? name.substring(2) : name.equals(".") ? "" : name;
        String clean = inside.endsWith("/") ? inside.substring(0, inside.length() - 1) : inside;
        return new EntryPath(clean, clean.isEmpty() && !name.startsWith("/") ? Optional.empty() : problem(clean, name));
    }

    private static Optional<String> problem(String clean, String name) {
        if (name.startsWith("/")) {
            return Optional.of("has an absolute name");
        }
        for (String segment : clean.split("/", -1)) {
            if (segment.equals("..")) {
                return Optional.of("has a name that climbs out by ..");
            }
            if (segment.isEmpty() || segment.equals(".")) {
                return Optional.of("has a name with an empty segment");
            }
            if (segment.startsWith(".wh.")) {
                return Optional.of("hides files of the layers below (a whiteout)");
            }
        }
        return Optional.empty();
    }

    boolean isRoot() {
        return clean.isEmpty();
    }

    String shown() {
        return "/" + clean;
    }

    /** The last segment. */
    String name() {
        return clean.substring(clean.lastIndexOf('/') + 1);
    }

    /** Why a symbolic link from here to this target leads out of the image. */
    Optional<String> problemOfLink(String target) {
        boolean absolute = target.startsWith("/");
        int depth = absolute ? 0 : (int) clean.chars().filter(c -> c == '/').count();
        StringBuilder meant = new StringBuilder();
        for (String segment : target.split("/")) {
            if (segment.equals("..")) {
                depth--;
                meant.setLength(Math.max(0, meant.lastIndexOf("/")));
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                depth++;
                meant.append('/').append(segment);
            }
            if (depth < 0) {
                return Optional.of("is a link that climbs out of the image, to %s".formatted(target));
            }
        }
        boolean system = absolute && meant.toString().matches("/(proc|sys|dev)(/.*)?");
        return system && !STREAMS.contains(meant.substring(1))
                ? Optional.of("is a link out of the image, to %s".formatted(target))
                : Optional.empty();
    }
}
