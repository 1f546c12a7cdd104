/**
 * The objects that a Service becomes, one file for each: pure functions of the plan, without clock, chance or the cluster.
 */
@NullMarked
package dev.ashlar.operator.service.object;

import org.jspecify.annotations.NullMarked;
