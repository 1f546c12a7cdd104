/**
 * What was built, kept by the hash of its inputs. An entry is complete or not there: it is built in a folder beside its
 * place, under a lock on the file system, and renamed at the end together with a list of its files.
 *
 * <p>Before an entry is used, each file's size, mode, times and inode are compared with the list; where one differs, the
 * file's SHA-256 decides. The change time of an inode cannot be set by a program, so that a changed byte is noticed
 * without reading hundreds of megabytes on every run. What lies on the disk itself (a decaying block) is not noticed;
 * {@code ashlar image verify} reads everything.
 */
@NullMarked
package dev.ashlar.images.cache;

import org.jspecify.annotations.NullMarked;
