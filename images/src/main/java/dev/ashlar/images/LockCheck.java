package dev.ashlar.images;

import dev.ashlar.images.fetch.Sources;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.recipe.LockedSource;
import dev.ashlar.images.recipe.Need;
import java.util.Optional;
import java.util.function.Consumer;

/** Says of locked sources whether they can still be had, by fetching them anew, and which version is the newest. */
record LockCheck(Sources sources, Consumer<String> line) {
    /** Whether this source can still be had with its hash; one line tells it. */
    boolean check(LockedSource source, Need need) {
        String label = "%s %s %s: ".formatted(source.kind(), source.name(), source.version());
        Optional<String> newest = newest(need);
        String newer = newest.filter(version -> !version.equals(source.version()))
                .map(version -> ", newest is " + version)
                .orElse("");
        try {
            sources.fetchAnew(source);
            line.accept("✓ " + label + "can be had" + newer);
            return true;
        } catch (BuildException e) {
            line.accept("✗ " + label + "cannot be had" + newer + ": " + e.getMessage());
            return false;
        }
    }

    /** Empty when the registry no longer knows the name at all; fetching then says so. */
    private Optional<String> newest(Need need) {
        try {
            return sources.versions(need).stream().findFirst();
        } catch (BuildException e) {
            return Optional.empty();
        }
    }
}
