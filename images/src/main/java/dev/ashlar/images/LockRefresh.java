package dev.ashlar.images;

import dev.ashlar.images.fetch.Offers;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.recipe.LockedSource;
import dev.ashlar.images.recipe.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds what to lock for a need: the newest version that can really be fetched, since registries announce versions whose
 * files are not there. A hash never changes for a version that stays, unless that is said to be accepted.
 */
final class LockRefresh {
    private final Offers offers;
    private final boolean acceptsOtherHash;
    private final Consumer<String> line;
    private int refused;

    LockRefresh(Offers offers, boolean acceptsOtherHash, Consumer<String> line) {
        this.offers = offers;
        this.acceptsOtherHash = acceptsOtherHash;
        this.line = line;
    }

    /** How many sources stayed as they were although they should not have. */
    int refused() {
        return refused;
    }

    LockedSource lock(Need need, Optional<LockedSource> old) {
        List<String> troubles = new ArrayList<>();
        List<String> announced = offers.versions(need);
        for (String version : wanted(need, old, announced)) {
            try {
                LockedSource offer = offers.offer(need, version);
                if (old.isPresent() && hasOtherHash(old.get(), offer)) {
                    return refuseOrAccept(old.get(), offer);
                }
                offers.files(offer);
                troubles.forEach(line);
                line.accept(change(old, offer, announced));
                return offer;
            } catch (BuildException e) {
                troubles.add(
                        "%s: %s is announced but cannot be had: %s".formatted(need.name(), version, e.getMessage()));
            }
        }
        if (old.isEmpty()) {
            throw new BuildException("%s: no version of it can be had; correct the name or the network:\n%s"
                    .formatted(
                            need.name(), String.join("\n", troubles).indent(4).stripTrailing()));
        }
        refused++;
        troubles.forEach(line);
        line.accept("%s %s: %s is kept"
                .formatted(old.get().kind(), need.name(), old.get().version()));
        return old.get();
    }

    /**
     * Not what is older than the locked version, unless that is no longer announced; and of Go only the same minor release,
     * since its next one is a choice.
     */
    private static List<String> wanted(Need need, Optional<LockedSource> old, List<String> all) {
        if (old.isEmpty()) {
            return all;
        }
        String locked = old.get().version();
        int at = all.indexOf(locked);
        List<String> newer = at < 0 ? all : all.subList(0, at + 1);
        return need instanceof Need.Go
                ? newer.stream()
                        .filter(version -> minor(version).equals(minor(locked)))
                        .toList()
                : newer;
    }

    private static String minor(String version) {
        return version.substring(0, Math.max(0, version.lastIndexOf('.')));
    }

    private static boolean hasOtherHash(LockedSource old, LockedSource offer) {
        return old.version().equals(offer.version()) && !old.equals(offer);
    }

    private LockedSource refuseOrAccept(LockedSource old, LockedSource offer) {
        String what = "%s %s: version %s is locked as %s, but is now %s"
                .formatted(old.kind(), old.name(), old.version(), old, offer);
        if (acceptsOtherHash) {
            offers.files(offer);
            line.accept(what + ", which was accepted");
            return offer;
        }
        refused++;
        line.accept(what + "; the lock stays as it was: find out who changed the file, then accept it with --accept");
        return old;
    }

    private static String change(Optional<LockedSource> old, LockedSource offer, List<String> announced) {
        String what = "%s %s: ".formatted(offer.kind(), offer.name());
        if (old.isEmpty()) {
            return what + "new → " + offer.version();
        }
        String before = old.get().version();
        if (before.equals(offer.version())) {
            return what + before + ", unchanged";
        }
        return what + before + " → " + offer.version()
                + (announced.contains(before) ? "" : ", since %s is no longer announced".formatted(before));
    }
}
