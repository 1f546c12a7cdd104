package dev.ashlar.operator.cluster;

import static org.assertj.core.api.Assumptions.assumeThat;

/** For tests that look at the processes or the audit log of the local cluster. */
public final class OnlyLocal {
    private OnlyLocal() {}

    /** Skips the test where another cluster is used. */
    public static void assume() {
        assumeThat(ClusterKind.ofEnvironment()).isInstanceOf(ClusterKind.Local.class);
    }
}
