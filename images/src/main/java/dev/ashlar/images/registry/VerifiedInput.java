package dev.ashlar.images.registry;

import dev.ashlar.images.oci.Descriptor;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The content of a blob, which fails where it has another size or, at its end, another digest than its descriptor says. */
final class VerifiedInput extends FilterInputStream {
    private final Descriptor blob;
    private final RegistryTarget target;
    private final MessageDigest hash;
    private long count;
    private boolean ended;

    VerifiedInput(InputStream in, Descriptor blob, RegistryTarget target) {
        super(in);
        this.blob = blob;
        this.target = target;
        this.hash = sha256();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = ended ? -1 : in.read(into, offset, length);
        if (read < 0) {
            end();
            return -1;
        }
        count += read;
        if (count > blob.size()) {
            throw wrong("holds more than the %d bytes that its manifest says".formatted(blob.size()));
        }
        hash.update(into, offset, read);
        return read;
    }

    private void end() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        if (count != blob.size()) {
            throw wrong("ended after %d of %d bytes".formatted(count, blob.size()));
        }
        String found = HexFormat.of().formatHex(hash.digest());
        if (!found.equals(blob.hex())) {
            throw wrong("has the digest sha256:" + found);
        }
    }

    private IOException wrong(String what) {
        return new WrongContent("blob %s of %s %s; the registry or what lies between is damaged or lies, do not use it"
                .formatted(blob.digest(), target, what));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public long skip(long wanted) throws IOException {
        return Math.max(0, read(new byte[(int) Math.min(Math.max(wanted, 0), 1 << 16)]));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
