package dev.ashlar.images.proof.untrusted;

import dev.ashlar.images.proof.untrusted.TarEntry.Type;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads a tar entry by entry in constant memory. Written here since the known readers keep headers of any size in memory,
 * and since a layer is to be refused when two readers could see different files in it: global headers, sparse files, data
 * behind links, names that say folder where the type says file, more after the end.
 */
public final class TarReader {
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int LONGEST_NAME = 4096;

    private final InputStream in;
    private long left;
    private int padding;

    public TarReader(InputStream in) {
        this.in = in;
    }

    /** The next entry; empty at the end, behind which only zeros may follow. */
    public Optional<TarEntry> next() throws IOException {
        skipContent();
        Extensions extensions = new Extensions();
        while (true) {
            TarHeader header = header();
            if (header.isZero()) {
                requireEnd(extensions);
                return Optional.empty();
            }
            header.check();
            switch (header.type()) {
                case 'x' -> extensions.records(content(header));
                case 'L' -> extensions.longName(content(header));
                case 'K' -> extensions.longTarget(content(header));
                default -> {
                    return Optional.of(entry(header, extensions));
                }
            }
        }
    }

    /** The content of the entry that {@link #next} returned last; what is not read is skipped. */
    public InputStream content() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (left == 0) {
                    return -1;
                }
                int read = in.read(buffer, offset, (int) Math.min(length, left));
                if (read < 0) {
                    throw cutOff();
                }
                left -= read;
                return read;
            }
        };
    }

    private TarEntry entry(TarHeader header, Extensions extensions) throws IOException {
        String name = extensions.name == null ? header.name() : extensions.name;
        String target = extensions.target == null ? header.link() : extensions.target;
        Type type = type(header.type());
        long size = extensions.size == null ? header.size() : extensions.size;
        if (name.isEmpty() || name.length() > LONGEST_NAME || target.length() > LONGEST_NAME) {
            throw new Malformed("has a tar entry whose name is empty or longer than any path");
        }
        if (type == Type.FILE && name.endsWith("/")) {
            throw new Malformed("has a file named like a folder, %s".formatted(name));
        }
        if (type != Type.FILE && size != 0) {
            throw new Malformed("has content behind an entry that is no file, %s".formatted(name));
        }
        boolean link = type == Type.SYMLINK || type == Type.HARDLINK;
        left = size;
        padding = (int) (-size & TarHeader.SIZE - 1);
        return new TarEntry(type, name, header.mode(), size, link ? target : "", extensions.attributes);
    }

    private static Type type(char flag) throws Malformed {
        return switch (flag) {
            case '0', '\0' -> Type.FILE;
            case '1' -> Type.HARDLINK;
            case '2' -> Type.SYMLINK;
            case '3', '4' -> Type.DEVICE;
            case '5' -> Type.FOLDER;
            case '6' -> Type.PIPE;
            default ->
                throw new Malformed(
                        "has a tar entry of type 0x%02x, which readers treat differently".formatted((int) flag));
        };
    }

    private byte[] content(TarHeader header) throws IOException {
        long size = header.size();
        if (size > LONGEST_HEADER) {
            throw new Malformed("has an extended tar header of %d bytes".formatted(size));
        }
        byte[] content = new byte[(int) size];
        fill(content);
        fill(new byte[(int) (-size & TarHeader.SIZE - 1)]);
        return content;
    }

    private void skipContent() throws IOException {
        byte[] buffer = new byte[(int) Math.min(left + padding, 1 << 16)];
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw cutOff();
            }
            left -= read;
        }
        fill(new byte[padding]);
        padding = 0;
    }

    private TarHeader header() throws IOException {
        byte[] block = new byte[TarHeader.SIZE];
        fill(block);
        return new TarHeader(block);
    }

    private void requireEnd(Extensions extensions) throws IOException {
        if (extensions.isUsed() || !header().isZero()) {
            throw new Malformed("has a tar that ends in the middle");
        }
        byte[] buffer = new byte[1 << 13];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            for (int i = 0; i < read; i++) {
                if (buffer[i] != 0) {
                    throw new Malformed("has more behind the end of its tar");
                }
            }
        }
    }

    private void fill(byte[] bytes) throws IOException {
        if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
            throw cutOff();
        }
    }

    private static Malformed cutOff() {
        return new Malformed("is cut off");
    }
}
