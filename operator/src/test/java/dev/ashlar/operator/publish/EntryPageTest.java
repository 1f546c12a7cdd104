package dev.ashlar.operator.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryPageTest {
    private static final URI ADDRESS = URI.create("http://shop.default.localhost:8080/");

    @Test
    void theIndexIsTheAddressItself(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.html"), "a");
        Files.writeString(folder.resolve("index.html"), "index");
        assertThat(EntryPage.of(folder).below(ADDRESS)).isEqualTo(ADDRESS);
    }

    @Test
    void withoutAnIndexTheUppermostPageComesFirst(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(folder.resolve("a/b/c.html"), "deep");
        Files.writeString(folder.resolve("my page.html"), "top");
        Files.writeString(folder.resolve("a.css"), "style");
        assertThat(EntryPage.of(folder).below(ADDRESS)).isEqualTo(URI.create(ADDRESS + "my%20page.html"));
    }

    @Test
    void theIndexOfPhpComesFirstAndWhatItMakesIsNotKnown(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("index.html"), "index");
        assertThat(EntryPage.of(folder).served()).accepts(bytes("index")).rejects(bytes("other"));
        Files.writeString(folder.resolve("index.php"), "<?php echo 1;");
        assertThat(EntryPage.of(folder).below(ADDRESS)).isEqualTo(ADDRESS);
        assertThat(EntryPage.of(folder).served()).accepts(bytes("1"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
