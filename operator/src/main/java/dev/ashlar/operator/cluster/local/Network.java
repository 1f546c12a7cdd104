package dev.ashlar.operator.cluster.local;

import dev.ashlar.operator.cluster.machine.HostCommand;
import dev.ashlar.operator.cluster.machine.HostFiles;
import dev.ashlar.operator.cluster.machine.Mount;
import dev.ashlar.operator.cluster.node.Addresses;
import dev.ashlar.operator.cluster.node.NodeId;
import dev.ashlar.operator.cluster.node.NodeLayout;
import dev.ashlar.operator.terminal.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The network namespace of a node, its link and the routes to it. The first node is linked to the host, each other one to the
 * first node, which passes on what they send to one another and to the host.
 */
final class Network {
    private static final String HOST_LINK = "ashlar0";

    private final NodeId id;
    private final String link;
    private final Path namespace;
    private final Path ip;
    private final List<String> inside;
    // The other end of the link.
    private final List<String> outside;

    Network(NodeLayout node, Path ip) {
        this.id = node.id();
        this.link = id.isFirst() ? HOST_LINK : id.name();
        this.namespace = node.networkNamespace();
        this.ip = ip;
        this.inside = entering(namespace);
        this.outside = id.isFirst()
                ? List.of()
                : entering(node.cluster().node(NodeId.FIRST).networkNamespace());
    }

    /** True when it was made to its end, which is the last route. */
    boolean exists() {
        if (!Mount.isMounted(namespace)) {
            return false;
        }
        String last = link + "\t" + inProc(routes().getLast()) + "\t";
        return HostCommand.attempt(join(outside, "cat", "/proc/net/route"))
                .output()
                .lines()
                .anyMatch(route -> route.startsWith(last));
    }

    void ensure() throws IOException {
        if (exists()) {
            return;
        }
        refuseForeignUse();
        remove();
        onHost("netns", "add", id.name());
        outside("link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", id.name());
        outside("address", "add", id.gateway() + "/30", "dev", link);
        outside("link", "set", link, "up");
        inside(ip.toString(), "link", "set", "lo", "up");
        inside(ip.toString(), "address", "add", id.address() + "/30", "dev", "eth0");
        inside(ip.toString(), "link", "set", "eth0", "up");
        inside(ip.toString(), "route", "add", "default", "via", id.gateway());
        inside("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        for (String range : behindFirst()) {
            onHost("route", "replace", range, "via", NodeId.FIRST.address(), "dev", HOST_LINK);
        }
        for (String range : routes()) {
            outside("route", "add", range, "via", id.address(), "dev", link);
        }
    }

    /** What the other end of the link finds by it; the host finds Services on the first node. */
    private List<String> routes() {
        return id.isFirst() ? List.of(id.pods(), Addresses.SERVICES) : List.of(id.pods());
    }

    /** What the host reaches through the first node. */
    private List<String> behindFirst() {
        return id.isFirst() ? List.of() : List.of(id.link(), id.pods());
    }

    /** Removes the link, and with it the routes, and the namespace, and with it all that pods and proxy made. */
    void remove() throws IOException {
        for (String range : behindFirst()) {
            HostCommand.attempt(List.of(ip.toString(), "route", "delete", range, "dev", HOST_LINK));
        }
        if (HostCommand.attempt(join(outside, ip.toString(), "link", "show", link))
                .succeeded()) {
            outside("link", "delete", link);
        }
        if (Files.exists(namespace)) {
            onHost("netns", "delete", id.name());
        }
        removeEmptyFolder();
    }

    /** `ip netns add` makes this folder a mount of its own, and nothing takes that back. */
    private void removeEmptyFolder() throws IOException {
        Path folder = NodeLayout.NETWORK_NAMESPACES;
        if (Mount.isMounted(folder) && HostFiles.isEmpty(folder)) {
            HostCommand.run("umount", folder.toString());
            Files.delete(folder);
        }
    }

    /** Seen with kube-proxy 1.34.4: beside the table of its forerunner it can leave the chain of an endpoint empty for good. */
    void forgetProxyRules() {
        for (String table : List.of("ip kube-proxy", "ip6 kube-proxy")) {
            // Added first, since a table that is not there cannot be deleted.
            inside(ip.resolveSibling("nft").toString(), "add table %1$s; delete table %1$s".formatted(table));
        }
    }

    private static void refuseForeignUse() throws IOException {
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            boolean ours = network.getName().equals(HOST_LINK);
            if (!ours && network.inetAddresses().anyMatch(Network::inRange)) {
                throw new Failure("interface %s has an address of %s, which the local cluster needs: end what made it"
                        .formatted(network.getName(), Addresses.RANGE));
            }
        }
    }

    private static boolean inRange(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 && Byte.toUnsignedInt(bytes[0]) == 198 && (bytes[1] & 0xfe) == 18;
    }

    /** A range's first address as {@code /proc/net/route} has it: 198.19.0.0/16 is 000013C6. */
    static String inProc(String range) {
        String[] bytes = range.split("/")[0].split("\\.");
        var hex = new StringBuilder();
        for (String part : List.of(bytes).reversed()) {
            hex.append("%02X".formatted(Integer.parseInt(part)));
        }
        return hex.toString();
    }

    // `ip netns exec` would remount /sys and hide the control groups.
    private static List<String> entering(Path namespace) {
        return List.of("nsenter", "--net=" + namespace);
    }

    private void inside(String... command) {
        HostCommand.run(join(inside, command));
    }

    private void outside(String... arguments) {
        HostCommand.run(join(join(outside, ip.toString()), arguments));
    }

    private void onHost(String... arguments) {
        HostCommand.run(join(List.of(ip.toString()), arguments));
    }

    private static List<String> join(List<String> command, String... arguments) {
        return Stream.concat(command.stream(), Stream.of(arguments)).toList();
    }
}
