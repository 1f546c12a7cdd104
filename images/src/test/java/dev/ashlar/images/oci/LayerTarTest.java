package dev.ashlar.images.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.images.host.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerTarTest {
    @TempDir
    private Path folder = Path.of("");

    private Path tree(String name, List<String> order, String mode, Instant time) throws IOException {
        Path tree = Files.createDirectories(folder.resolve(name));
        for (String path : order) {
            Path file = tree.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "content of " + path);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            Files.setLastModifiedTime(file, FileTime.from(time));
        }
        Files.createSymbolicLink(tree.resolve("link"), Path.of("a/file"));
        return tree;
    }

    private String digest(Path tree, Instant time) throws IOException {
        Path tar = folder.resolve("layer.tar");
        LayerTar.write(tree, "/content", null, time, tar);
        return Sha256.of(tar);
    }

    @Test
    void hasOneDigestWhateverTheTimesTheOrderAndTheUmask() throws IOException {
        Path one = tree("one", List.of("a/file", "b"), "rw-r--r--", Instant.EPOCH);
        Path two = tree("two", List.of("b", "a/file"), "rw-------", Instant.now());
        assertThat(digest(one, LayerTar.TIME)).isEqualTo(digest(two, LayerTar.TIME));
    }

    @Test
    void showsWhatIsExecutable() throws IOException {
        Path one = tree("one", List.of("a/file"), "rw-r--r--", Instant.EPOCH);
        Path two = tree("two", List.of("a/file"), "rwx------", Instant.EPOCH);
        assertThat(digest(one, LayerTar.TIME)).isNotEqualTo(digest(two, LayerTar.TIME));
    }

    @Test
    void namesTheFileWhenATimeStampWasInjected() throws IOException {
        Path tree = tree("one", List.of("a/file"), "rw-r--r--", Instant.EPOCH);
        List<Layout> layouts = new java.util.ArrayList<>();
        for (Instant time : List.of(LayerTar.TIME, Instant.ofEpochSecond(1234))) {
            Path tar = folder.resolve(time.getEpochSecond() + ".tar");
            LayerTar.write(tree, "/", null, time, tar);
            layouts.add(Layout.write(
                    folder.resolve("layout" + time.getEpochSecond()),
                    new Layout.Parts(Platform.AMD64, List.of(), List.of(tar), ImageConfig.Run.DEFAULT)));
        }
        assertThat(layouts.get(0).descriptor().digest())
                .isNotEqualTo(layouts.get(1).descriptor().digest());
        assertThat(Difference.ofImages(layouts.get(0), layouts.get(1)))
                .startsWith("layer 0 differs: /a/ is link")
                .contains("1970-01-01T00:00:01Z", "1970-01-01T00:20:34Z");
    }
}
