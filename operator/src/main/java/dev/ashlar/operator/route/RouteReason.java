package dev.ashlar.operator.route;

import dev.ashlar.operator.kube.Reason;

/** Why a Site is not Routed. The names are API; crds/site.md explains each. */
public enum RouteReason implements Reason {
    Routing,
    NotPublished,
    Conflict,
    UnknownPort
}
