package dev.ashlar.operator.monitor;

import dev.ashlar.operator.kube.Reason;

/** Why a Site is not Reachable. The names are API; crds/site.md explains each. */
public enum MonitorReason implements Reason {
    Unreachable
}
