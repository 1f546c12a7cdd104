/**
 * Waiting for what was applied until it runs, for commands that a person watches: reads the status of the workload or of our own
 * kinds, says on one line what is waited for, and ends with the reason of a pod or of the operator. It writes nothing.
 */
@NullMarked
package dev.ashlar.operator.rollout;

import org.jspecify.annotations.NullMarked;
