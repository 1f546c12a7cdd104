/**
 * The machine that a build runs on: its programs, folders, free space and hashes, and the one exception that carries a
 * sentence for the user. It knows nothing of images.
 */
@NullMarked
package dev.ashlar.images.host;

import org.jspecify.annotations.NullMarked;
