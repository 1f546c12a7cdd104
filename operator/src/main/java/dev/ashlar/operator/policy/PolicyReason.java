package dev.ashlar.operator.policy;

import dev.ashlar.operator.kube.Reason;

/** Why an image is not proven. The names are API; crds/service.md explains each. */
public enum PolicyReason implements Reason {
    NotProven,
    ForeignRegistry,
    Proving,
    NotJudged
}
