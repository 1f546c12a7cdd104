package dev.ashlar.operator.service;

import dev.ashlar.operator.kube.Reason;

/** Why a Service is not Ready. The names are API; crds/service.md explains each. */
enum ServiceReason implements Reason {
    NameTaken,
    Replacing,
    Refused,
    RollingOut,
    Running,
    RunFailed,
    DeadlinePassed,
    ImageUnavailable,
    ConfigMissing,
    Crashing,
    OutOfMemory,
    NotReady,
    NoRoom,
    PodsRefused,
    OperatorError
}
