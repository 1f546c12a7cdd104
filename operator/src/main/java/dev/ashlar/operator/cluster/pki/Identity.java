package dev.ashlar.operator.cluster.pki;

import java.util.List;

/**
 * Who a certificate speaks for: a server by its names, a client by its name and groups.
 *
 * @param name the subject's common name, which is the user name at the Kubernetes API
 * @param groups the subject's organizations, which are the groups at the Kubernetes API
 * @param hosts DNS names and IPv4 addresses that a server answers at; empty for a client
 */
public record Identity(String name, List<String> groups, List<String> hosts) {
    public static Identity client(String name, String... groups) {
        return new Identity(name, List.of(groups), List.of());
    }

    public static Identity server(String name, String... hosts) {
        return new Identity(name, List.of(), List.of(hosts));
    }
}
