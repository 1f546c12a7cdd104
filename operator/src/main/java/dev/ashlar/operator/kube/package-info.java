/**
 * What every feature needs to move a cluster towards a plan: outcomes and the conditions made from them, labels, and the writing of
 * objects and statuses. It knows no kind of Ashlar's own, so that each feature can use it and none leaks into another.
 */
@NullMarked
package dev.ashlar.operator.kube;

import org.jspecify.annotations.NullMarked;
