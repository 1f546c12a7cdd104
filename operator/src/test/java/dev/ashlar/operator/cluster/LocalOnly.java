package dev.ashlar.operator.cluster;

import static org.assertj.core.api.Assumptions.assumeThat;

/** Ends a test that looks at what only the local cluster shows, on any other. */
public final class LocalOnly {
    private LocalOnly() {}

    public static void assume() {
        assumeThat(ClusterKind.ofEnvironment()).isInstanceOf(ClusterKind.Local.class);
    }
}
