package dev.ashlar.images.proof.untrusted;

import dev.ashlar.images.oci.Descriptor;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A blob as it arrives: never more bytes than its descriptor says, hashed, within the time; {@link #finish} compares. */
public final class BlobInput extends FilterInputStream {
    private final Descriptor descriptor;
    private final Deadline deadline;
    private final MessageDigest digest = Digests.sha256();
    private long count;

    public BlobInput(InputStream source, Descriptor descriptor, Deadline deadline) {
        super(source);
        this.descriptor = descriptor;
        this.deadline = deadline;
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        deadline.check();
        int read;
        try {
            read = in.read(buffer, offset, length);
        } catch (Malformed broken) {
            throw broken;
        } catch (IOException e) {
            throw new SourceFailure(e);
        }
        if (read > 0) {
            count += read;
            if (count > descriptor.size()) {
                throw new Malformed("is longer than the %d bytes that are said of it".formatted(descriptor.size()));
            }
            digest.update(buffer, offset, read);
        }
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        return readNBytes((int) Math.min(bytes, 1 << 16)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reads what is left and throws when size or digest are not as the descriptor says. */
    public void finish() throws IOException {
        byte[] buffer = new byte[1 << 16];
        while (read(buffer, 0, buffer.length) >= 0) {
            continue; // only counted and hashed
        }
        if (count != descriptor.size()) {
            throw new Malformed("has %d bytes, %d are said of it".formatted(count, descriptor.size()));
        }
        String found = "sha256:" + HexFormat.of().formatHex(digest.digest());
        if (!found.equals(descriptor.digest())) {
            throw new Malformed("has the digest %s, not the one it is named by".formatted(found));
        }
    }
}
