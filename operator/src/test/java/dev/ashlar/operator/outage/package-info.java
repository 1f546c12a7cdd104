/**
 * The operator from outside, while what it depends on is away or it is ended without a warning: its health and its metrics, who leads, what
 * a new start writes, and that nothing is lost.
 */
@NullMarked
package dev.ashlar.operator.outage;

import org.jspecify.annotations.NullMarked;
