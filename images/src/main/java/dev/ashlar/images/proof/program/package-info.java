/**
 * Says of one file what kind of program it is: a dynamic one, a shell, an interpreter, a script. By content first, since a
 * name proves nothing, and by name for what only stands for one, as a link does. The one place in the tree that decides it,
 * for the build's own check and for the proof of any image.
 */
@NullMarked
package dev.ashlar.images.proof.program;

import org.jspecify.annotations.NullMarked;
