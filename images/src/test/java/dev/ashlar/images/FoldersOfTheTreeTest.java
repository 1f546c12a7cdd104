package dev.ashlar.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The folders in {@code images/} as they are. */
class FoldersOfTheTreeTest {
    private static final int LINES = 40;

    @Test
    void eachHasAtMostOneBuildScriptAndThatIsShort() throws IOException {
        Path images = Checkout.find().root().resolve("images");
        try (Stream<Path> folders = Files.list(images).filter(Files::isDirectory)) {
            for (Path folder : folders.toList()) {
                List<Path> scripts = scripts(folder);
                assertThat(scripts).describedAs("build scripts").hasSizeLessThanOrEqualTo(1);
                for (Path script : scripts) {
                    assertThat(Files.readAllLines(script))
                            .describedAs("lines of " + script)
                            .hasSizeLessThanOrEqualTo(LINES);
                }
            }
        }
    }

    private static List<Path> scripts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sh")).toList();
        }
    }
}
