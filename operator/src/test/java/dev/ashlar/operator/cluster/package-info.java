@NullMarked
package dev.ashlar.operator.cluster;

import org.jspecify.annotations.NullMarked;
