/** A folder becomes a page: the tests. */
@NullMarked
package dev.ashlar.operator.publish;

import org.jspecify.annotations.NullMarked;
