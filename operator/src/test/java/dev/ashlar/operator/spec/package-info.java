/**
 * Specs by the thousand, made at random out of the CRDs' own schemas and sent to the real API server: each is refused with a sentence or ends in a condition. The
 * seed is printed and gives the same specs again: {@code -Dseed=…}; {@code -Dspecs=10000} sends so many.
 */
@NullMarked
package dev.ashlar.operator.spec;

import org.jspecify.annotations.NullMarked;
