/**
 * Which images of the cluster's own registry nothing needs any more, and their removal. The registry tells what it stores
 * ({@link dev.ashlar.images.gc.Upkeep}), the caller which digests are in use, {@link dev.ashlar.images.gc.Selection} what may go.
 */
@NullMarked
package dev.ashlar.images.gc;

import org.jspecify.annotations.NullMarked;
