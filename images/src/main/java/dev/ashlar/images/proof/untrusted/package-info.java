/**
 * Reading bytes that someone hostile wrote: JSON, compressed layers and tar, each within {@link
 * dev.ashlar.images.proof.untrusted.Limits}. What two readers could understand differently is refused, not guessed: the
 * runtime that unpacks an image must see what was judged. Nothing here knows what makes an image good.
 */
@NullMarked
package dev.ashlar.images.proof.untrusted;

import org.jspecify.annotations.NullMarked;
