package dev.ashlar.images.proof;

import java.util.List;
import java.util.Map;

/**
 * One image that the tree built.
 *
 * @param name its folder in {@code images/}
 * @param digest of its manifest
 * @param run hash of the part of its config that says how it runs
 * @param layers digests, the lowest first
 * @param allows what its {@code image.yaml} allows, with the reasons
 */
public record KnownImage(String name, String digest, String run, List<String> layers, Map<String, String> allows) {
    public KnownImage {
        layers = List.copyOf(layers);
        allows = Map.copyOf(allows);
    }

    boolean isBelow(List<String> others) {
        return !layers.isEmpty() && layers.size() <= others.size() && layers.equals(others.subList(0, layers.size()));
    }
}
