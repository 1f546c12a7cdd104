package dev.ashlar.images.registry;

import dev.ashlar.images.host.BuildException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image as a user names it: {@code [HOST[:PORT]/]NAME[:TAG][@sha256:DIGEST]}. The first part is a host when it holds a dot or
 * a colon or is {@code localhost}; without one, the image is in the cluster's own registry.
 *
 * @param host with its port, when one was given
 * @param repository the image's name in the registry
 * @param tag when one was given; a digest beside it wins
 * @param digest {@code sha256:} and 64 hex digits, when one was given
 */
public record Reference(Optional<String> host, String repository, Optional<String> tag, Optional<String> digest) {
    private static final int LONGEST = 512;
    private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
    private static final String HOST = "(?:" + LABEL + "(?:\\." + LABEL
            + ")*|\\[[0-9a-fA-F:]{2,39}])(?::(?:[0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?";
    private static final String PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private static final Pattern FORM = Pattern.compile("(?:(?<host>" + HOST + ")/)?(?<repository>" + PART + "(?:/"
            + PART + ")*)(?::(?<tag>[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    /** Reads a reference; what is not one is refused with a {@link BuildException}. */
    public static Reference parse(String text) {
        boolean named = isHost(text.substring(0, Math.max(0, text.indexOf('/'))));
        Matcher form = FORM.matcher(named ? text : "x.y/" + text);
        if (text.length() > LONGEST || !form.matches()) {
            throw new BuildException(
                    "%s is not the name of an image; write [HOST/]NAME[:TAG] or [HOST/]NAME@sha256:DIGEST, in lower case"
                            .formatted(printable(text)));
        }
        return new Reference(
                named ? Optional.of(form.group("host")) : Optional.empty(),
                form.group("repository"),
                optional(form.group("tag")),
                optional(form.group("digest")));
    }

    /** Whether this is {@code sha256:} and 64 hex digits; every digest that others send is asked before it is used. */
    public static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /** The digest, else the tag, else {@code latest}: what the registry is asked for. */
    public String version() {
        return digest.or(() -> tag).orElse("latest");
    }

    @Override
    public String toString() {
        return host.map(name -> name + "/").orElse("")
                + repository
                + tag.map(name -> ":" + name).orElse("")
                + digest.map(value -> "@" + value).orElse("");
    }

    private static boolean isHost(String first) {
        return first.equals("localhost") || first.indexOf('.') >= 0 || first.indexOf(':') >= 0;
    }

    private static Optional<String> optional(@Nullable String group) {
        return Optional.ofNullable(group);
    }

    /** Hostile input reaches a terminal as plain characters. */
    private static String printable(String text) {
        String start = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return "'" + start.replaceAll("[^ -~…]", "?") + "'";
    }
}
