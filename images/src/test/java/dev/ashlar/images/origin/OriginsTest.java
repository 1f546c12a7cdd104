package dev.ashlar.images.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginsTest {
    private static final Source LOWER = Source.tree("lower", "1".repeat(64));
    private static final Source UPPER = Source.tree("upper", "2".repeat(64));

    @TempDir
    private Path folder = Path.of("");

    private Origins layer(String name, Source source, String... files) throws IOException {
        Path tree = Files.createDirectories(folder.resolve(name));
        for (String file : files) {
            Files.createDirectories(tree.resolve(file).getParent());
            Files.writeString(tree.resolve(file), name);
        }
        return Origins.of(tree, List.of(source));
    }

    @Test
    void letsTheUpperLayerWin() throws IOException {
        Origins both = layer("one", LOWER, "etc/a", "etc/b").plus(layer("two", UPPER, "etc/b"));
        assertThat(both.file("/etc/a").sources()).containsExactly(LOWER.purl());
        assertThat(both.file("/etc/b").sources()).containsExactly(UPPER.purl());
        assertThat(both.sources()).containsOnlyKeys(LOWER.purl(), UPPER.purl());
    }

    @Test
    void dropsASourceThatNoFileIsLeftOf() throws IOException {
        Origins both = layer("one", LOWER, "a").plus(layer("two", UPPER, "a"));
        assertThat(both.sources()).containsOnlyKeys(UPPER.purl());
    }

    @Test
    void listsFilesAndLinksButNoFolders() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("links/usr"));
        Files.createSymbolicLink(tree.resolve("bin"), Path.of("/nowhere"));
        Origins origins = Origins.of(folder.resolve("links"), List.of(LOWER));
        assertThat(origins.files().keySet()).containsExactly("/usr/bin");
        assertThat(origins.file("/usr/bin").link()).isEqualTo("/nowhere");
        assertThat(origins.file("/usr/bin").sha256()).isNull();
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Origins origins = layer("one", LOWER, "a", "b/c");
        origins.write(folder);
        assertThat(Origins.read(folder)).isEqualTo(origins);
    }
}
