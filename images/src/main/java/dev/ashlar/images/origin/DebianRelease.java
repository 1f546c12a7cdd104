package dev.ashlar.images.origin;

import dev.ashlar.images.recipe.LockedSource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Debian's release that the locked packages are of: updates to a stable release carry its number in their version. */
public final class DebianRelease {
    private static final Pattern UPDATE = Pattern.compile("[+~]deb([0-9]+)u[0-9]+");

    private DebianRelease() {}

    /** As {@code debian-12}; empty when no version tells it, or two contradict. */
    public static String of(List<LockedSource> locked) {
        List<String> releases = locked.stream()
                .filter(source -> !(source instanceof LockedSource.Wheel))
                .flatMap(source -> number(source.version()))
                .distinct()
                .toList();
        return releases.size() == 1 ? "debian-" + releases.getFirst() : "";
    }

    private static Stream<String> number(String version) {
        Matcher update = UPDATE.matcher(version);
        return update.find() ? Stream.of(update.group(1)) : Stream.empty();
    }
}
