/**
 * Proves an image: opens it wherever it is, trusts nothing in it, and gives one verdict per {@link
 * dev.ashlar.images.proof.Rule}. What is trusted is {@link dev.ashlar.images.proof.KnownImages}, the list of what the tree
 * built, which is deployed beside the operator and never comes from the image or its registry. {@code source} says where
 * images are read from, {@code untrusted} how, {@code program} what kind of program a file is.
 */
@NullMarked
package dev.ashlar.images.proof;

import org.jspecify.annotations.NullMarked;
