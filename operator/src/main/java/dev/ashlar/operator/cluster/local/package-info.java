/**
 * The local cluster: real Kubernetes nodes from programs that this checkout built, each in a network namespace and a mount
 * namespace of its own. Brings them up, repairs and ends them, and puts back whatever it changed on this machine. What runs is
 * recorded by process id and start time in a state file, and confined to one control group, so that nothing foreign is ever
 * ended.
 */
@NullMarked
package dev.ashlar.operator.cluster.local;

import org.jspecify.annotations.NullMarked;
