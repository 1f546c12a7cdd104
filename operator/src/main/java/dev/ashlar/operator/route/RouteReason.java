package dev.ashlar.operator.route;

import dev.ashlar.operator.kube.Reason;
import java.util.Optional;
import java.util.Set;

/** Why a Site is not Routed, or without its certificates. The names are API; crds/site.md explains each. */
public enum RouteReason implements Reason {
    Routing,
    NotPublished,
    NotServed,
    Conflict,
    UnknownPort,
    ClusterAddress,
    RedirectLoop,
    NotExpressible,
    NotPlaced,
    NotAccepted,
    Issuing,
    NotIssued,
    NoWildcard,
    CertificateRefused,
    NoAccounts,
    NoAccessToSecrets,
    SecretMissing,
    SecretKeyMissing,
    SecretUnreadable;

    private static final Set<RouteReason> STALLED =
            Set.of(Conflict, UnknownPort, ClusterAddress, NotExpressible, RedirectLoop);

    /** The reason of that name, if only an edit helps. */
    static Optional<RouteReason> onlyAnEditHelps(String name) {
        return STALLED.stream().filter(reason -> reason.name().equals(name)).findFirst();
    }
}
