package dev.ashlar.images.proof.untrusted;

import dev.ashlar.images.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The tar of a layer, unpacked as it arrives and refused when it grows beyond reason; {@link #finish} checks it whole. */
public final class LayerInput extends InputStream {
    private final BlobInput packed;
    private final InputStream tar;
    private final Limits limits;
    private final long allowed;
    private final MessageDigest digest = Digests.sha256();
    private long count;

    private LayerInput(BlobInput packed, InputStream tar, Limits limits, long allowed) {
        this.packed = packed;
        this.tar = tar;
        this.limits = limits;
        this.allowed = allowed;
    }

    /** Whether layers of this media type can be read. */
    public static boolean reads(String mediaType) {
        return Compression.of(mediaType).isPresent();
    }

    /** @param allowed bytes that the layer may unpack to, of what is left to the image */
    public static LayerInput open(BlobInput packed, Descriptor layer, Limits limits, long allowed) throws IOException {
        Compression compression =
                Compression.of(layer.mediaType()).orElseThrow(() -> new Malformed("has a media type of no layer"));
        try {
            return new LayerInput(packed, compression.open(packed), limits, allowed);
        } catch (IOException | RuntimeException e) {
            throw explain(e);
        }
    }

    /** Bytes of tar that were read so far. */
    public long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read;
        try {
            read = tar.read(buffer, offset, length);
        } catch (IOException | RuntimeException e) {
            throw explain(e);
        }
        if (read > 0) {
            count += read;
            if (count > allowed) {
                throw new Malformed("unpacks to more than is allowed (%d MiB)".formatted(limits.unpacked() >> 20));
            }
            if (count > Limits.FREE && count / limits.ratio() > packed.count()) {
                throw new Malformed("unpacks to more than %d times its size".formatted(limits.ratio()));
            }
            digest.update(buffer, offset, read);
        }
        return read;
    }

    /** Reads what is left; throws when the layer is not the blob or not the diffID that is said. */
    public void finish(String diffId) throws IOException {
        byte[] buffer = new byte[1 << 16];
        while (read(buffer, 0, buffer.length) >= 0) {
            continue; // only counted and hashed
        }
        packed.finish();
        String found = "sha256:" + HexFormat.of().formatHex(digest.digest());
        if (!found.equals(diffId)) {
            throw new Malformed("unpacks to %s, which is not the diffID in the config".formatted(found));
        }
    }

    /** A decoder's own exceptions say that the content is broken; the source's say nothing about it. */
    private static IOException explain(Exception e) {
        return switch (e) {
            case Malformed known -> known;
            case SourceFailure failure -> failure;
            default ->
                new Malformed("cannot be unpacked (%s)".formatted(e.getMessage() == null ? e : e.getMessage()), e);
        };
    }
}
