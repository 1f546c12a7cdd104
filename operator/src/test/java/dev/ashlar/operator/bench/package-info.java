/**
 * What the operator costs, measured in the local cluster: the same thousand Sites by the operator, by raw requests (the floor), by kubectl
 * and by a twin of the operator in Go, in turns. The operator and its twin run beside the cluster as plain processes with the rights of the
 * operator's ServiceAccount, so that both have the same machine, and the audit log tells their requests from all others.
 */
@NullMarked
package dev.ashlar.operator.bench;

import org.jspecify.annotations.NullMarked;
