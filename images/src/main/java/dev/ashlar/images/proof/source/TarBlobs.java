package dev.ashlar.images.proof.source;

import dev.ashlar.images.proof.untrusted.Malformed;
import dev.ashlar.images.proof.untrusted.TarEntry;
import dev.ashlar.images.proof.untrusted.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A layout in a tar, read once for the places of its files and then from there. */
final class TarBlobs implements Blobs {
    private static final int MOST = 10_000;

    private record Place(long offset, long size) {}

    private final FileChannel tar;
    private final Map<String, Place> places = new HashMap<>();

    TarBlobs(Path file) throws IOException {
        this.tar = FileChannel.open(file);
        try {
            index();
        } catch (IOException | RuntimeException e) {
            tar.close();
            throw e;
        }
    }

    private void index() throws IOException {
        Counted counted = new Counted(new BufferedInputStream(Channels.newInputStream(tar), 1 << 16));
        TarReader reader = new TarReader(counted);
        for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
            TarEntry entry = next.get();
            if (entry.type() != TarEntry.Type.FILE) {
                continue;
            }
            if (places.size() == MOST || places.put(name(entry), new Place(counted.count, entry.size())) != null) {
                throw new Malformed("holds a file twice, or more than %d files".formatted(MOST));
            }
        }
    }

    private static String name(TarEntry entry) {
        return entry.name().startsWith("./") ? entry.name().substring(2) : entry.name();
    }

    @Override
    public InputStream open(String path) throws IOException {
        Place place = places.get(path);
        if (place == null) {
            throw new Malformed("is not in the layout");
        }
        tar.position(place.offset());
        return new Part(Channels.newInputStream(tar), place.size());
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    /** Counts what the tar reader took, which is where the content of an entry begins. */
    private static final class Counted extends InputStream {
        private final InputStream in;
        private long count;

        Counted(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }

    /** The next bytes of the tar; closing it leaves the tar open for the next part. */
    private static final class Part extends InputStream {
        private final InputStream in;
        private long left;

        Part(InputStream in, long size) {
            this.in = in;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = left == 0 ? -1 : in.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }
    }
}
