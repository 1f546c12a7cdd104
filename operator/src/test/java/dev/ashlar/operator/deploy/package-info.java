/** Reading overlays: the tests. */
@NullMarked
package dev.ashlar.operator.deploy;

import org.jspecify.annotations.NullMarked;
