/**
 * {@code ashlar image gc}: gathers every digest that the cluster or the source tree names, and has the registry sweep away the
 * images that none of them is. It errs on the side of keeping: a digest is in use wherever it stands, in a spec, a status, a
 * history entry or a file.
 */
@NullMarked
package dev.ashlar.operator.gc;

import org.jspecify.annotations.NullMarked;
