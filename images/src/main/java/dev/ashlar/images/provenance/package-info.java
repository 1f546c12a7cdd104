/**
 * How an image was made, as an in-toto Statement v1 with the SLSA provenance v1 predicate. The build type
 * {@code https://ashlar.dev/build/image/v1} means: {@code ashlar image build} of the repository at the commit that stands among the
 * resolved dependencies, for the recipe and the platform in the external parameters; or, with the parameter {@code content}, the
 * files of a user's folder as one layer over the repository's nginx. All files come from the dependencies that are listed.
 *
 * <p>A dependency is named by its package URL. Its digest is {@code sha256} of its file, {@code dirHash} for a Go module, and
 * {@code ashlarTree} (SHA-256 over names, executable bits and content) for a folder. The statement says the commit and whether
 * the tree was clean, so it is no part of the image and is made when the image is first pushed.
 */
@NullMarked
package dev.ashlar.images.provenance;

import org.jspecify.annotations.NullMarked;
