package dev.ashlar.operator.history;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a resource's spec asks for.
 *
 * @param spec what runs, without what only steers it: rollbackTo, onFailure, suspend
 * @param hash of that spec
 * @param digests of its images, by the name of the service
 * @param files the names of the ConfigMaps with its files
 * @param wish how it is to be dealt with
 */
public record Asked<S>(S spec, String hash, Map<String, String> digests, List<String> files, Wish wish) {
    public Asked(S spec, Map<String, String> digests, List<String> files, Wish wish) {
        this(spec, SpecHash.of(spec), digests, files, wish);
    }

    /**
     * What of a spec only steers it.
     *
     * @param rollbackTo the revision that is to run instead, null for none
     * @param whole whether all of it goes back when a part fails
     * @param suspended whether nothing is written for now
     */
    public record Wish(@Nullable Integer rollbackTo, boolean whole, boolean suspended) {}
}
