/**
 * What the kernel of a machine offers to the local cluster: processes known again by id and start time, control groups,
 * mounts, files for root alone. Starts components and keeps a record of all that the machine carries because of them; it
 * knows nothing of Kubernetes.
 */
@NullMarked
package dev.ashlar.operator.cluster.machine;

import org.jspecify.annotations.NullMarked;
