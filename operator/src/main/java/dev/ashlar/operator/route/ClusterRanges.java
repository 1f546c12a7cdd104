package dev.ashlar.operator.route;

import dev.ashlar.crds.Route;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The addresses of the cluster's pods and Services, as the environment names them. */
@Singleton
public final class ClusterRanges {
    private final List<String> ranges;

    @Inject
    ClusterRanges(
            @ConfigProperty(name = "ashlar.cluster-ranges", defaultValue = "10.42.0.0/16,10.43.0.0/16")
                    List<String> ranges) {
        this.ranges = ranges;
    }

    /** In CIDR notation. */
    public List<String> all() {
        return ranges;
    }

    /** Whether a route leads to such an address as its upstream; a name is none. */
    boolean areUpstreamOf(Route route) {
        return route.upstream() != null && contains(RouteHandlers.host(route.upstream()));
    }

    private boolean contains(String host) {
        try {
            InetAddress address = InetAddress.ofLiteral(host);
            return ranges.stream().anyMatch(range -> isIn(address, range));
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    private static boolean isIn(InetAddress address, String range) {
        String[] parts = range.split("/");
        byte[] first = InetAddress.ofLiteral(parts[0]).getAddress();
        byte[] asked = address.getAddress();
        int rest = first.length * Byte.SIZE - Integer.parseInt(parts[1]);
        return first.length == asked.length
                && new BigInteger(1, first).shiftRight(rest).equals(new BigInteger(1, asked).shiftRight(rest));
    }
}
