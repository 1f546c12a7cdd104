/** What a gateway of the cluster's own is told of Sites, what it cannot be told, and what it tells. */
@NullMarked
package dev.ashlar.operator.route.standard;

import org.jspecify.annotations.NullMarked;
