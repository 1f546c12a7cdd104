/** Errors in one sentence: the tests. */
@NullMarked
package dev.ashlar.operator.terminal;

import org.jspecify.annotations.NullMarked;
