package dev.ashlar.images.oci;

import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Names the first file by which two builds differ. */
public final class Difference {
    private static final int SHOWN = 8;

    private Difference() {}

    /** For two images of different digests, or indexes of as many images. */
    public static String ofImages(Layout one, Layout two) throws IOException {
        int i = 0;
        while (one.images().get(i).equals(two.images().get(i))) {
            i++;
        }
        Descriptor image = one.images().get(i);
        String which = one.images().size() == 1 ? "" : image.platform().get("architecture") + ": ";
        return which + ofImages(one, image, two, two.images().get(i));
    }

    private static String ofImages(Layout one, Descriptor imageOfOne, Layout two, Descriptor imageOfTwo)
            throws IOException {
        List<Descriptor> ones = one.manifest(imageOfOne).layers();
        List<Descriptor> twos = two.manifest(imageOfTwo).layers();
        if (ones.size() != twos.size()) {
            return "one has %d layers, the other %d".formatted(ones.size(), twos.size());
        }
        for (int i = 0; i < ones.size(); i++) {
            if (!ones.get(i).equals(twos.get(i))) {
                Path first = one.blob(ones.get(i));
                Path second = two.blob(twos.get(i));
                Optional<String> file = of(
                        entries(first), entries(second), path -> content(first, path), path -> content(second, path));
                return "layer %d differs: %s".formatted(i, file.orElse("its entries are the same, the tar is not"));
            }
        }
        return "the layers are the same, the config differs";
    }

    /** For two folders of programs; empty when they are the same. */
    public static Optional<String> ofFolders(Path one, Path two) throws IOException {
        return of(
                files(one),
                files(two),
                path -> Files.readAllBytes(one.resolve(path)),
                path -> Files.readAllBytes(two.resolve(path)));
    }

    @FunctionalInterface
    private interface Content {
        byte[] of(String path) throws IOException;
    }

    private static Optional<String> of(
            Map<String, String> ones, Map<String, String> twos, Content contentOfOne, Content contentOfTwo)
            throws IOException {
        for (Map.Entry<String, String> file : ones.entrySet()) {
            String other = twos.get(file.getKey());
            if (other == null) {
                return Optional.of("/%s is missing in the second".formatted(file.getKey()));
            }
            if (!other.equals(file.getValue())) {
                String place = place(contentOfOne.of(file.getKey()), contentOfTwo.of(file.getKey()));
                return Optional.of("/%s is %s, then %s%s".formatted(file.getKey(), file.getValue(), other, place));
            }
        }
        return twos.keySet().stream()
                .filter(path -> !ones.containsKey(path))
                .findFirst()
                .map("/%s is in the second only"::formatted);
    }

    /** Where two contents differ first, with a few bytes of each. */
    private static String place(byte[] one, byte[] two) {
        int offset = Arrays.mismatch(one, two);
        return offset < 0 ? "" : "; from byte %d on: %s, then %s".formatted(offset, hex(one, offset), hex(two, offset));
    }

    private static String hex(byte[] content, int offset) {
        return offset == content.length
                ? "the end"
                : HexFormat.of().formatHex(content, offset, Math.min(offset + SHOWN, content.length));
    }

    private static byte[] content(Path tar, String name) throws IOException {
        try (TarArchiveInputStream in =
                new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(tar), 1 << 16))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    return in.readAllBytes();
                }
            }
        }
        return new byte[0];
    }

    private static Map<String, String> entries(Path tar) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        try (TarArchiveInputStream in =
                new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(tar), 1 << 16))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String content = entry.isFile() ? "sha256:" + Sha256.of(in) : "link " + entry.getLinkName();
                entries.put(
                        entry.getName(),
                        "%s of mode %o and time %s".formatted(content, entry.getMode(), entry.getLastModifiedTime()));
            }
        }
        return entries;
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        for (Path file : Folders.below(folder)) {
            if (Files.isRegularFile(file) || Files.isSymbolicLink(file)) {
                files.put(folder.relativize(file).toString(), Folders.hash(file, path -> true));
            }
        }
        return files;
    }
}
