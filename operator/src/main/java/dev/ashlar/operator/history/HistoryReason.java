package dev.ashlar.operator.history;

import dev.ashlar.operator.kube.Reason;

/** Why what runs is not what the spec says. The names are API; crds/site.md and crds/service.md explain each. */
public enum HistoryReason implements Reason {
    RevisionFailed,
    RevisionUnknown,
    ImageGone
}
