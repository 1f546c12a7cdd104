package dev.ashlar.images.website;

import com.jcraft.jzlib.Deflater;
import com.jcraft.jzlib.GZIPOutputStream;
import com.jcraft.jzlib.JZlib;
import dev.ashlar.images.host.Folders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** A file as gzip packs it, which nginx gives to clients that can unpack it. */
final class PackedFile {
    /** What is text of some kind; pictures, films and archives are packed already. */
    private static final Set<String> KINDS = Set.of(
            "atom",
            "bmp",
            "css",
            "csv",
            "eot",
            "geojson",
            "htm",
            "html",
            "ics",
            "js",
            "json",
            "map",
            "md",
            "mjs",
            "otf",
            "rss",
            "svg",
            "tsv",
            "ttf",
            "txt",
            "vtt",
            "wasm",
            "webmanifest",
            "xhtml",
            "xml",
            "yaml");

    private static final int SMALLEST = 1024;
    private static final int LARGEST = 64 << 20;
    /** What must be won, in percent of the file. */
    private static final int WORTH = 10;
    /** zlib writes the frame of gzip when this is added to the window's bits. */
    private static final int AS_GZIP = 16;

    private PackedFile() {}

    /** Where nginx looks for it. */
    static String beside(String path) {
        return path + ".gz";
    }

    /** Writes the packed file, if there is something to win. */
    static void write(Path file, Path packed) {
        try {
            long size = Files.size(file);
            if (!KINDS.contains(kind(file)) || size < SMALLEST || size > LARGEST) {
                return;
            }
            byte[] bytes = pack(Files.readAllBytes(file));
            if (bytes.length <= size - size * WORTH / 100) {
                Files.createDirectories(Folders.parent(packed));
                Files.write(packed, bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot pack " + file, e);
        }
    }

    /** By zlib in Java: the JDK's own is that of the machine, and not everywhere packs into the same bytes. */
    private static byte[] pack(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(JZlib.Z_BEST_COMPRESSION, JZlib.MAX_WBITS + AS_GZIP);
        try (OutputStream out = new GZIPOutputStream(packed, deflater, 1 << 14, true)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static String kind(Path file) {
        String name = Folders.name(file);
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
