package dev.ashlar.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.images.fetch.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void isFoundAboveTheWorkingDirectory() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("images/nginx"));
        Files.writeString(folder.resolve("images/lock.yaml"), "[]");
        Checkout checkout = Checkout.find(Map.of("XDG_CACHE_HOME", "/c"), deep);
        assertThat(checkout).isEqualTo(new Checkout(folder, Path.of("/c/ashlar")));
        assertThat(Checkout.find(Map.of("ASHLAR_HOME", folder.toString(), "HOME", "/h"), Path.of("/")))
                .isEqualTo(new Checkout(folder, Path.of("/h/.cache/ashlar")));
    }

    @Test
    void knowsTheFolderThatSourcesAreTakenFrom() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("images")).resolve("lock.yaml"), "[]");
        Path vendored = folder.resolve("vendored");
        Path files = Files.createDirectories(vendored.resolve("files"));
        Map<String, String> environment = Map.of("HOME", "/h", "ASHLAR_SOURCES", vendored.toString());
        Checkout checkout = Checkout.find(environment, folder);
        assertThat(checkout.sources()).contains(new SourceFolder(vendored));
        assertThat(checkout.withRegistries().sources()).isEmpty();
        Files.delete(files);
        assertThatThrownBy(() -> Checkout.find(environment, folder)).hasMessageContaining("which holds no sources");
    }

    @Test
    void saysWhatToDoWhenThereIsNone() {
        assertThatThrownBy(() -> Checkout.find(Map.of(), folder)).hasMessageContaining("set ASHLAR_HOME");
        assertThatThrownBy(() -> Checkout.find(Map.of("ASHLAR_HOME", folder.toString()), folder))
                .hasMessageContaining("which has no images/lock.yaml");
    }
}
