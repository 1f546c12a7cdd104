/** Where images are read from: an OCI layout in a folder or a tar, or a registry. None of them is trusted. */
@NullMarked
package dev.ashlar.images.proof.source;

import org.jspecify.annotations.NullMarked;
