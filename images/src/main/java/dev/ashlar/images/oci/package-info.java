/**
 * Image files: a layer's tar, config, manifest and layout folder, written by the OCI image specification 1.1 so that the
 * same files give the same bytes. Layers are plain tar, since a digest must not depend on a compressor's version.
 *
 * <p>Written here and not taken from jib-core, whose layer builder cannot store symbolic links (a JRE and Debian's
 * libraries need them), whose manifest template knows compressed layers only, and whose config has no stop signal.
 */
@NullMarked
package dev.ashlar.images.oci;

import org.jspecify.annotations.NullMarked;
