/** What a person reads: the tests. */
@NullMarked
package dev.ashlar.operator.status;

import org.jspecify.annotations.NullMarked;
