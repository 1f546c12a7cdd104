package dev.ashlar.operator.cluster.machine;

import java.util.List;

/**
 * A program that runs as long as the cluster is up.
 *
 * @param place where it runs
 * @param command its program and arguments, absolute paths throughout
 * @param path folders that it finds other programs in, before the system's own
 */
public record Component(String name, Place place, List<String> command, List<String> path) {
    public enum Place {
        /** In the network and mount namespaces of a node. */
        NODE,
        /** On the host, for what the host's own users reach. */
        HOST
    }

    public static Component onNode(String name, List<String> command) {
        return new Component(name, Place.NODE, command, List.of());
    }
}
