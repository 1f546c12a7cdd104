package dev.ashlar.operator.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.operator.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentImagesTest {
    private static final BuiltImage IMAGE =
            new BuiltImage("shop", "sha256:" + "a".repeat(64), Path.of("none"), Optional.empty(), List.of());

    @Test
    void aFolderHasPhpWhereAPageIsNotHidden(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve(".tools/bin"));
        Files.createDirectories(folder.resolve("shop"));
        Files.writeString(folder.resolve(".tools/bin/make.php"), "<?php");
        Files.writeString(folder.resolve("index.html"), "page");
        assertThat(ContentImages.hasPhp(folder)).isFalse();
        Files.writeString(folder.resolve("shop/cart.php"), "<?php");
        assertThat(ContentImages.hasPhp(folder)).isTrue();
    }

    @Test
    void aFileWithPhpIsNotForAFolderWithout() {
        SiteFile plain = SiteFile.fresh("shop", "demo", "shop.example.org", "shop@old");
        SiteFile php = new ContentImages(IMAGE, Optional.of(IMAGE)).writePhp(plain);
        assertThat(php.text()).contains("php: {image: shop@sha256:aaa");
        var without = new ContentImages(IMAGE, Optional.empty());
        assertThat(without.writePhp(plain)).isEqualTo(plain);
        assertThatThrownBy(() -> without.writePhp(php))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(
                        "shop.yaml has spec.content.php, and the folder has no *.php file; remove content.php");
    }
}
