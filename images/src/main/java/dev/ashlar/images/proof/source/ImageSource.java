package dev.ashlar.images.proof.source;

import dev.ashlar.images.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A place that holds one image. It may lie: whoever reads from it compares bytes with digests. A {@link
 * dev.ashlar.images.proof.untrusted.Malformed} says that what is asked for is not there or broken, any other {@link
 * IOException} that the place itself failed.
 */
public interface ImageSource extends AutoCloseable {
    /** The image as a person names it. */
    String name();

    /** Its manifest, or the index of its platforms. */
    Descriptor top() throws IOException;

    /** The bytes of a manifest or blob, from the start. */
    InputStream open(Descriptor blob) throws IOException;

    /** Descriptors of the artifact manifests of this type whose subject is the manifest of that digest. */
    List<Descriptor> referrers(String digest, String artifactType) throws IOException;

    @Override
    void close() throws IOException;
}
