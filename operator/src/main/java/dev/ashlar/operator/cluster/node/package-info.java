/**
 * The Kubernetes node that the local cluster is: which programs run with which flags, configuration files, certificates and
 * addresses, and what the API and the image store need before the first pod. Each component has a credential of its own and
 * no flag opens anything to who has none.
 */
@NullMarked
package dev.ashlar.operator.cluster.node;

import org.jspecify.annotations.NullMarked;
