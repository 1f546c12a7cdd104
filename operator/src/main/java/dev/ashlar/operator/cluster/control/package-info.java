/**
 * The control plane of the local cluster: which programs run with which flags, the certificates of everything, and what the API
 * needs before the first pod. There is one, beside the first node. Each component has a credential of its own and no flag opens
 * anything to who has none.
 */
@NullMarked
package dev.ashlar.operator.cluster.control;

import org.jspecify.annotations.NullMarked;
