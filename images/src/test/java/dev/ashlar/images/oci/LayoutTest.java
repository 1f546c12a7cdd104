package dev.ashlar.images.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.images.host.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTest {
    @TempDir
    private Path folder = Path.of("");

    private Layout layout(String name, List<Layout> base, String content) throws IOException {
        Path tree = Files.createDirectories(folder.resolve(name + "-tree"));
        Files.writeString(tree.resolve(name), content);
        Path tar = folder.resolve(name + ".tar");
        LayerTar.write(tree, "/", null, tar);
        return Layout.write(folder.resolve(name), base, List.of(tar), ImageConfig.Run.DEFAULT);
    }

    @Test
    void putsTheLayersOfTheBaseFirst() throws IOException {
        Layout base = layout("base", List.of(), "b");
        Layout image = layout("image", List.of(base), "i");
        assertThat(image.manifest().layers()).hasSize(2);
        assertThat(image.manifest().layers().getFirst())
                .isEqualTo(base.manifest().layers().getFirst());
        assertThat(image.config().rootfs().diffIds())
                .isEqualTo(image.manifest().layers().stream()
                        .map(Descriptor::digest)
                        .toList());
        for (Descriptor blob : image.manifest().blobs()) {
            assertThat(Sha256.of(image.blob(blob))).isEqualTo(blob.hex());
            assertThat(Files.size(image.blob(blob))).isEqualTo(blob.size());
        }
    }

    @Test
    void writesATarThatNamesTheImage() throws IOException {
        Layout image = layout("image", List.of(), "i");
        Path tar = folder.resolve("image.oci");
        image.writeTar(tar, "localhost:5000/image@" + image.descriptor().digest());
        Map<String, String> entries = new TreeMap<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(tar)))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(entries).hasSize(2 + 3).containsKeys("oci-layout", "index.json");
        assertThat(entries.get("index.json"))
                .contains("\"io.containerd.image.name\":\"localhost:5000/image@"
                        + image.descriptor().digest());
    }
}
