package dev.ashlar.operator.cluster.node;

/** The local cluster's addresses, all from 198.18.0.0/15, which is set aside for tests and never routed. */
public final class Addresses {
    public static final String RANGE = "198.18.0.0/15";
    public static final String CONTROL_PLANE = NodeId.FIRST.address();
    public static final String SERVICES = "198.19.0.0/16";
    public static final String API_SERVICE = "198.19.0.1";
    public static final String DNS_SERVICE = "198.19.0.10";
    public static final String API = "https://" + CONTROL_PLANE + ":6443";

    private Addresses() {}
}
