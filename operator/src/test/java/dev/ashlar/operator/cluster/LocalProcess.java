package dev.ashlar.operator.cluster;

import dev.ashlar.images.Checkout;
import dev.ashlar.operator.cluster.local.LocalStatus;

/** The processes of the local cluster. */
final class LocalProcess {
    private LocalProcess() {}

    /** By the name of its component, like {@code etcd} or {@code ashlar-2/kubelet}. */
    static ProcessHandle of(String component) {
        return LocalStatus.in(Checkout.findCache()).components().stream()
                .filter(each -> each.name().equals(component))
                .findFirst()
                .flatMap(each -> ProcessHandle.of(each.pid()))
                .orElseThrow();
    }
}
