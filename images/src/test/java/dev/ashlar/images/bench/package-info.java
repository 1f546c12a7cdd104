/** {@code make bench-images}: building and pushing next to the least that could be done and to jib-core, nginx next to Debian's. */
@NullMarked
package dev.ashlar.images.bench;

import org.jspecify.annotations.NullMarked;
