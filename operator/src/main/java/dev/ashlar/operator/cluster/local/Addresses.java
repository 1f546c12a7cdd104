package dev.ashlar.operator.cluster.local;

/** The local cluster's addresses, all from 198.18.0.0/15, which is set aside for tests and never routed. */
final class Addresses {
    static final String RANGE = "198.18.0.0/15";
    static final String HOST = "198.18.0.1";
    static final String NODE = "198.18.0.2";
    static final String PODS = "198.18.64.0/20";
    static final String SERVICES = "198.19.0.0/16";
    static final String API_SERVICE = "198.19.0.1";
    static final String DNS_SERVICE = "198.19.0.10";
    static final String API = "https://" + NODE + ":6443";

    private Addresses() {}
}
