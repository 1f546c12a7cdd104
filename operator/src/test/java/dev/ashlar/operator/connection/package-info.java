/** Which cluster a command means: the tests. */
@NullMarked
package dev.ashlar.operator.connection;

import org.jspecify.annotations.NullMarked;
