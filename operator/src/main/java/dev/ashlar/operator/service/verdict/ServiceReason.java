package dev.ashlar.operator.service.verdict;

import dev.ashlar.operator.kube.Reason;

/** Why a Service is not Ready. The names are API; crds/service.md explains each. */
public enum ServiceReason implements Reason {
    NameTaken,
    Replacing,
    Refused,
    RollingOut,
    Preparing,
    StepFailed,
    Running,
    RunFailed,
    DeadlinePassed,
    ImageUnavailable,
    ConfigMissing,
    SecretMissing,
    SecretKeyMissing,
    NoAccessToSecrets,
    Crashing,
    OutOfMemory,
    NotReady,
    NoRoom,
    NoNode,
    PodsRefused,
    OperatorError
}
