package dev.ashlar.images.proof.source;

import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.proof.untrusted.Malformed;
import java.io.IOException;
import java.io.InputStream;

/** The files of an OCI image layout, wherever they are. */
interface Blobs extends AutoCloseable {
    /** A file of the layout by its path in it; throws {@link Malformed} when it is not there. */
    InputStream open(String path) throws IOException;

    @Override
    void close() throws IOException;

    static String path(Descriptor blob) {
        return "blobs/sha256/" + blob.hex();
    }
}
