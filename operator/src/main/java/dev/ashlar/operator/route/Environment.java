package dev.ashlar.operator.route;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** How clients reach the gateway in this environment, and whom it may reach. */
@Singleton
record Environment(SiteAddresses addresses, ClusterRanges cluster, Encryption encryption, Proxies proxies) {
    @Inject
    Environment {}
}
