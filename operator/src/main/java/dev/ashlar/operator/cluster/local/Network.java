package dev.ashlar.operator.cluster.local;

import dev.ashlar.operator.cluster.machine.HostCommand;
import dev.ashlar.operator.cluster.machine.HostFiles;
import dev.ashlar.operator.cluster.machine.Mount;
import dev.ashlar.operator.cluster.node.Addresses;
import dev.ashlar.operator.terminal.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The network namespace {@code ashlar}, the link from the host into it, and the host's routes to pods and Services. */
final class Network {
    private static final String NAMESPACE = "ashlar";
    private static final String LINK = "ashlar0";
    // 198.19.0.0, its bytes from the last to the first.
    private static final String SERVICES_IN_PROC = "000013C6";

    private final Path namespace;
    private final Path ip;

    Network(Path namespace, Path ip) {
        this.namespace = namespace;
        this.ip = ip;
    }

    /** True when it was made to its end, which is the route to the Services. */
    boolean exists() throws IOException {
        if (!Mount.isMounted(namespace)) {
            return false;
        }
        try (Stream<String> routes = Files.lines(Path.of("/proc/net/route"))) {
            return routes.anyMatch(line -> line.startsWith(LINK + "\t" + SERVICES_IN_PROC + "\t"));
        }
    }

    void ensure() throws IOException {
        if (exists()) {
            return;
        }
        refuseForeignUse();
        remove();
        ip("netns", "add", NAMESPACE);
        ip("link", "add", LINK, "type", "veth", "peer", "name", "eth0", "netns", NAMESPACE);
        ip("address", "add", Addresses.HOST + "/30", "dev", LINK);
        ip("link", "set", LINK, "up");
        inside(ip.toString(), "link", "set", "lo", "up");
        inside(ip.toString(), "address", "add", Addresses.NODE + "/30", "dev", "eth0");
        inside(ip.toString(), "link", "set", "eth0", "up");
        inside(ip.toString(), "route", "add", "default", "via", Addresses.HOST);
        inside("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        for (String range : List.of(Addresses.PODS, Addresses.SERVICES)) {
            ip("route", "add", range, "via", Addresses.NODE, "dev", LINK);
        }
    }

    /** Removes the link, and with it the routes, and the namespace, and with it all that pods and proxy made. */
    void remove() throws IOException {
        if (NetworkInterface.getByName(LINK) != null) {
            ip("link", "delete", LINK);
        }
        if (Files.exists(namespace)) {
            ip("netns", "delete", NAMESPACE);
        }
        removeEmptyFolder();
    }

    /** `ip netns add` makes this folder a mount of its own, and nothing takes that back. */
    private void removeEmptyFolder() throws IOException {
        Path folder = Path.of("/run/netns");
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

    private void refuseForeignUse() throws IOException {
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            boolean ours = network.getName().equals(LINK);
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

    // `ip netns exec` would remount /sys and hide the control groups.
    private void inside(String... command) {
        var all = new ArrayList<>(List.of("nsenter", "--net=" + namespace));
        all.addAll(List.of(command));
        HostCommand.run(all);
    }

    private void ip(String... arguments) {
        var command = new ArrayList<>(List.of(ip.toString()));
        command.addAll(List.of(arguments));
        HostCommand.run(command);
    }
}
