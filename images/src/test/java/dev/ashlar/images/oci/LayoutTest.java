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
        return layout(Platform.AMD64, name, base, content);
    }

    private Layout layout(Platform platform, String name, List<Layout> base, String content) throws IOException {
        Path tree = Files.createDirectories(folder.resolve(name + "-tree"));
        Files.writeString(tree.resolve(name), content);
        Path tar = folder.resolve(name + ".tar");
        LayerTar.write(tree, "/", null, tar);
        return Layout.write(
                folder.resolve(name), new Layout.Parts(platform, base, List.of(tar), ImageConfig.Run.DEFAULT));
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

    private Layout index() throws IOException {
        Layout amd64 = layout(Platform.AMD64, "amd64", List.of(), "same");
        Layout arm64 = layout(Platform.ARM64, "arm64", List.of(layout("base", List.of(), "b")), "same");
        return Layout.write(folder.resolve("index"), List.of(amd64, arm64));
    }

    @Test
    void namesTheImageOfEachPlatformInAnIndex() throws IOException {
        Layout index = index();
        String written = Files.readString(index.blob(index.descriptor()));
        assertThat(index.descriptor().digest()).isEqualTo("sha256:" + Sha256.of(index.blob(index.descriptor())));
        assertThat(index.images())
                .containsExactly(
                        new Layout(folder.resolve("amd64")).descriptor(),
                        new Layout(folder.resolve("arm64")).descriptor());
        assertThat(written)
                .startsWith("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\"")
                .contains("\"platform\":{\"architecture\":\"amd64\",\"os\":\"linux\"}")
                .contains("\"platform\":{\"architecture\":\"arm64\",\"os\":\"linux\"}");
        assertThat(Files.readString(
                        index.blob(index.manifest(index.images().getLast()).config())))
                .startsWith("{\"architecture\":\"arm64\",\"os\":\"linux\"");
    }

    @Test
    void holdsEveryBlobOfTheImagesOfAnIndexOnce() throws IOException {
        Layout index = index();
        assertThat(index.blobs()).hasSize(2 + 1 + 2).doesNotHaveDuplicates();
        for (Descriptor blob : index.blobs()) {
            assertThat(Sha256.of(index.blob(blob))).isEqualTo(blob.hex());
        }
        Path tar = folder.resolve("index.oci");
        index.writeTar(tar, "localhost:5000/index@" + index.descriptor().digest());
        assertThat(entries(tar)).hasSize(2 + 1 + 2 + 5);
    }

    @Test
    void writesATarThatNamesTheImage() throws IOException {
        Layout image = layout("image", List.of(), "i");
        Path tar = folder.resolve("image.oci");
        image.writeTar(tar, "localhost:5000/image@" + image.descriptor().digest());
        Map<String, String> entries = entries(tar);
        assertThat(entries).hasSize(2 + 3).containsKeys("oci-layout", "index.json");
        assertThat(entries.get("index.json"))
                .contains("\"io.containerd.image.name\":\"localhost:5000/image@"
                        + image.descriptor().digest());
    }

    private static Map<String, String> entries(Path tar) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(tar)))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }
}
