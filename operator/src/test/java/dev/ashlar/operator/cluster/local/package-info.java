@NullMarked
package dev.ashlar.operator.cluster.local;

import org.jspecify.annotations.NullMarked;
