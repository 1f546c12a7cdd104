/**
 * The local cluster: one real Kubernetes node from programs that this checkout built, in a network namespace and a mount
 * namespace of its own. Owns everything the cluster is made of on this machine: namespaces, link and routes, cgroup,
 * processes, configuration and state, and puts each of them back to what it was. What runs is recorded by process id and
 * start time in the state file, and confined to one cgroup, so that nothing foreign is ever ended.
 */
@NullMarked
package dev.ashlar.operator.cluster.local;

import org.jspecify.annotations.NullMarked;
