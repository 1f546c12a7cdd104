@NullMarked
package dev.ashlar.operator.monitor;

import org.jspecify.annotations.NullMarked;
