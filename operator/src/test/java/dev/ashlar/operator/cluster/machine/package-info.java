@NullMarked
package dev.ashlar.operator.cluster.machine;

import org.jspecify.annotations.NullMarked;
