package dev.ashlar.images.oci;

import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Names the first file by which two builds differ. */
public final class Difference {
    private Difference() {}

    /** For two images of different digests. */
    public static String ofImages(Layout one, Layout two) throws IOException {
        List<Descriptor> ones = one.manifest().layers();
        List<Descriptor> twos = two.manifest().layers();
        if (ones.size() != twos.size()) {
            return "one has %d layers, the other %d".formatted(ones.size(), twos.size());
        }
        for (int i = 0; i < ones.size(); i++) {
            if (!ones.get(i).equals(twos.get(i))) {
                Optional<String> file = of(entries(one.blob(ones.get(i))), entries(two.blob(twos.get(i))));
                return "layer %d differs: %s".formatted(i, file.orElse("its entries are the same, the tar is not"));
            }
        }
        return "the layers are the same, the config differs";
    }

    /** For two folders of programs; empty when they are the same. */
    public static Optional<String> ofFolders(Path one, Path two) throws IOException {
        return of(files(one), files(two));
    }

    private static Optional<String> of(Map<String, String> ones, Map<String, String> twos) {
        for (Map.Entry<String, String> file : ones.entrySet()) {
            String other = twos.get(file.getKey());
            if (other == null) {
                return Optional.of("/%s is missing in the second".formatted(file.getKey()));
            }
            if (!other.equals(file.getValue())) {
                return Optional.of("/%s is %s, then %s".formatted(file.getKey(), file.getValue(), other));
            }
        }
        return twos.keySet().stream()
                .filter(path -> !ones.containsKey(path))
                .findFirst()
                .map("/%s is in the second only"::formatted);
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
