/**
 * Making the files of one layer: a class for each kind of {@link dev.ashlar.images.recipe.LayerSpec}, which says what it
 * depends on and fills an empty folder. Compilers run with a clean environment, in folders of their own.
 */
@NullMarked
package dev.ashlar.images.layer;

import org.jspecify.annotations.NullMarked;
