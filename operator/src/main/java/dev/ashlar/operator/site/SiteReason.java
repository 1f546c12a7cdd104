package dev.ashlar.operator.site;

import dev.ashlar.operator.kube.Reason;

/** Why a Site is not Ready. The names are API; crds/site.md explains each. */
enum SiteReason implements Reason {
    UnknownReference,
    Suspended,
    NameTaken,
    Replacing,
    Refused,
    RollingOut,
    ServiceNotReady,
    NotProven,
    ForeignRegistry,
    Proving,
    NotJudged,
    OperatorError
}
