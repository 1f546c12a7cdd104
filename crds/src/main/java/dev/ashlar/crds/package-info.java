/**
 * The two kinds, {@link dev.ashlar.crds.Site} and {@link dev.ashlar.crds.Service}: what the API server stores and what its schema refuses.
 *
 * <p>The annotations are the only source of the schema, of its messages and of {@code kubectl explain}; package {@code schema} writes the committed files
 * from them. An absent list reads as an empty one; every other absent value is null here and gets its meaning in the reader's plan. A one-of never carries a
 * schema default: it would be stored, and the next apply would set two members.
 */
@NullMarked
package dev.ashlar.crds;

import org.jspecify.annotations.NullMarked;
