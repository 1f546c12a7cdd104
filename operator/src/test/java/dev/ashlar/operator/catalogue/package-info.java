/**
 * The images of the tree as they are used: each runs in a real pod, under the rules of every pod, and a real client talks
 * to it. One class for each image; {@link dev.ashlar.operator.catalogue.Pods} is all that they share.
 */
@NullMarked
package dev.ashlar.operator.catalogue;

import org.jspecify.annotations.NullMarked;
