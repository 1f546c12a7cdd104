/**
 * Where the files of an image come from: {@link dev.ashlar.images.origin.Origins} maps each path to its
 * {@link dev.ashlar.images.origin.Source}s, made when a layer is built, since only then both are at hand. The other classes
 * read what a package says of itself (Go's build information, Debian's copyright file, a wheel's metadata, a jar's manifest);
 * a licence is stated only where that is certain.
 */
@NullMarked
package dev.ashlar.images.origin;

import org.jspecify.annotations.NullMarked;
