package dev.ashlar.operator.service.verdict;

import dev.ashlar.operator.kube.Reason;

/** Why a Service is not Ready. The names are API; crds/service.md explains each. */
public enum ServiceReason implements Reason {
    Suspended,
    NameTaken,
    Replacing,
    Refused,
    RollingOut,
    Preparing,
    StepFailed,
    Running,
    RunFailed,
    RunMissed,
    DeadlinePassed,
    ImageUnavailable,
    WrongArchitecture,
    SecretMissing,
    SecretKeyMissing,
    NoAccessToSecrets,
    CannotStart,
    Crashing,
    OutOfMemory,
    NotReady,
    NoRoom,
    NoNode,
    NodeLost,
    Evicted,
    DiskFull,
    ClaimUnbound,
    VolumeUnavailable,
    QuotaExceeded,
    PodsRefused,
    OperatorError
}
