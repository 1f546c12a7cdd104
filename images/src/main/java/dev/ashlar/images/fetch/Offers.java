package dev.ashlar.images.fetch;

import dev.ashlar.images.recipe.LockedSource;
import dev.ashlar.images.recipe.Need;
import java.nio.file.Path;
import java.util.List;

/** What registries say of a source, and whether it is so. */
public interface Offers {
    /** The versions that are announced, the newest first. */
    List<String> versions(Need need);

    /** An announced version with the hash that the registry gives it, or that its file has. */
    LockedSource offer(Need need, String version);

    /** All files of a source: one for a package or a wheel, several for a source package; throws when one cannot be had. */
    List<Path> files(LockedSource source);
}
