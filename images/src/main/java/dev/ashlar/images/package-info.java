/**
 * The image builder: {@code images/NAME/image.yaml} and {@code images/lock.yaml} become OCI images FROM scratch, and
 * folders of programs for the host. {@link dev.ashlar.images.Images} is the way in; the packages below it go one way:
 * {@code recipe} (what is asked), {@code fetch} (locked sources), {@code layer} (files), {@code oci} (bytes), {@code cache}.
 */
@NullMarked
package dev.ashlar.images;

import org.jspecify.annotations.NullMarked;
