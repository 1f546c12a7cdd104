/** Waiting for what was applied: the tests. */
@NullMarked
package dev.ashlar.operator.rollout;

import org.jspecify.annotations.NullMarked;
