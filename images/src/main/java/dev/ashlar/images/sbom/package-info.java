/**
 * The bill of materials of an image as CycloneDX 1.6 JSON, made of its {@link dev.ashlar.images.origin.Origins}: one flat list of
 * sources and files, each file depending on the sources that it comes from. The same image has the same bytes: no clock, no
 * machine and no random number is in them. Records and Jackson write it, since the library of CycloneDX would add 7 MB and an
 * XML stack to the operator; the tests hold the result against the library's schema.
 */
@NullMarked
package dev.ashlar.images.sbom;

import org.jspecify.annotations.NullMarked;
