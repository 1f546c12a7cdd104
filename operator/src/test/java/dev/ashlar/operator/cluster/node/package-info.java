@NullMarked
package dev.ashlar.operator.cluster.node;

import org.jspecify.annotations.NullMarked;
