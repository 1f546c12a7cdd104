/**
 * The local cluster: one real Kubernetes node from programs that this checkout built, in a network namespace and a mount
 * namespace of its own. Brings it up, repairs it and ends it, and puts back whatever it changed on this machine. What runs is
 * recorded by process id and start time in a state file, and confined to one control group, so that nothing foreign is ever
 * ended.
 */
@NullMarked
package dev.ashlar.operator.cluster.local;

import org.jspecify.annotations.NullMarked;
