/**
 * Where sites run: {@code ashlar cluster up|down|stop|status}. Decides which kind of cluster it is (an existing one, k3d, the
 * local one) and puts on each kind what everything else needs: cluster DNS and the registry with its forwarder.
 */
@NullMarked
package dev.ashlar.operator.cluster;

import org.jspecify.annotations.NullMarked;
