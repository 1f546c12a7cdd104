package dev.ashlar.operator.cluster.node;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One of the local cluster's nodes, with all that follows from its number. The first has the control plane beside it, and is
 * to the others what the host is to the first: the other end of their link, which they reach everything through.
 *
 * @param number from 1 to {@value #MOST}
 */
public record NodeId(int number) {
    /** More would only be slower on one machine; the certificates of this many are issued when the cluster is made. */
    public static final int MOST = 5;

    public static final NodeId FIRST = new NodeId(1);

    private static final int LINK_SIZE = 4;
    private static final int PODS_SIZE = 16;
    private static final int FIRST_PODS = 64;

    /** The nodes of a cluster of that many. */
    public static List<NodeId> firstOf(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(NodeId::new).toList();
    }

    public boolean isFirst() {
        return number == FIRST.number;
    }

    public String name() {
        return isFirst() ? "ashlar" : "ashlar-" + number;
    }

    /** The addresses of its link: the other end's and its own. */
    public String link() {
        return onLink(0) + "/30";
    }

    /** The other end of its link. */
    public String gateway() {
        return onLink(1);
    }

    public String address() {
        return onLink(2);
    }

    /** What its pods have addresses from. */
    public String pods() {
        return "198.18.%d.0/20".formatted(FIRST_PODS + (number - 1) * PODS_SIZE);
    }

    private String onLink(int host) {
        return "198.18.0." + ((number - 1) * LINK_SIZE + host);
    }
}
