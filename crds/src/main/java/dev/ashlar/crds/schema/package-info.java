/**
 * Writes the committed files from the API types: the two CRDs and the schema by which kustomize merges lists.
 *
 * <p>{@code mvn -pl crds compile exec:java} writes into {@code crds/}, {@code -Dcrds.out=DIR} into another folder, to compare it with the committed one. The
 * same types give the same bytes. {@code exec:java@compare} then holds them against {@code crds/released}, the CRDs of the last release (of the first schema, as
 * long as there was none): objects that were written for those must stay what they are.
 */
@NullMarked
package dev.ashlar.crds.schema;

import org.jspecify.annotations.NullMarked;
