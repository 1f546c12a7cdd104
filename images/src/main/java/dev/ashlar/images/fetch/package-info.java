/**
 * Fetching what the lock names, by the ordinary clients of this machine (apt, pip), which know where their registry is.
 * A file is kept in the cache under its SHA-256 and checked on each use; no other file ever reaches a build.
 */
@NullMarked
package dev.ashlar.images.fetch;

import org.jspecify.annotations.NullMarked;
