package dev.ashlar.operator.history;

import java.util.List;
import java.util.Optional;

/** Where images are pulled from. */
public interface ImageRegistry {
    /** The first of the images, as a spec writes them, that is certainly not there any more; one that nobody can tell of counts as there. */
    Optional<String> gone(List<String> images);
}
