package dev.ashlar.operator.route;

/** Which gateway the environment has, as {@code ashlar.gateway} names it. */
public enum GatewayKind {
    /** Ashlar's own, which the operator configures itself. */
    OWN,
    /** One of the cluster's, which is told by objects of the Gateway API. */
    GATEWAY_API;

    public static final String SETTING = "ashlar.gateway";
    public static final String DEFAULT = "own";
}
