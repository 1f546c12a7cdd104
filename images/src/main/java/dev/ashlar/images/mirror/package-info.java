/** Copies images from registry to registry by digest, and notes beside the copy where it is from. */
@NullMarked
package dev.ashlar.images.mirror;

import org.jspecify.annotations.NullMarked;
