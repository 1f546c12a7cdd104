package dev.ashlar.images;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.images.host.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseChainTest {
    @TempDir
    private Path root = Path.of("");

    @BeforeEach
    void writeRecipes() throws IOException {
        Files.createDirectories(root.resolve("images"));
        Files.writeString(root.resolve("images/lock.yaml"), "[]\n");
        recipe("one", "base: two");
        recipe("two", "base: three");
        recipe("three", "base: one");
        recipe("self", "base: self");
        recipe("tools", "programs: true\nlayers: [{c: {script: build.sh}}]");
        recipe("on-tools", "base: tools");
        recipe("on-nothing", "base: missing");
        recipe("bottom", "layers: [{c: {script: build.sh}}]");
        recipe("top", "base: bottom");
    }

    @Test
    void namesTheWholeCircle() {
        assertThatThrownBy(() -> build("one"))
                .hasMessage("images/three/image.yaml: base leads in a circle (one → two → three → one);"
                        + " take it out of one of them");
        assertThatThrownBy(() -> build("self")).hasMessageContaining("base leads in a circle (self → self)");
    }

    @Test
    void refusesProgramsAndWhatDoesNotExist() {
        assertThatThrownBy(() -> build("on-tools"))
                .hasMessage("images/on-tools/image.yaml: base is tools, a folder of programs for the host;"
                        + " name an image instead");
        assertThatThrownBy(() -> build("on-nothing"))
                .hasMessageStartingWith("there is no image named missing; there are:");
    }

    @Test
    void acceptsAChainThatEnds() {
        assertThatNoException().isThrownBy(() -> build("top"));
    }

    private void build(String name) {
        Images.open(new Checkout(root, root.resolve("cache")), new Progress(line -> {}))
                .build(name);
    }

    private void recipe(String name, String yaml) throws IOException {
        Path folder = Files.createDirectories(root.resolve("images").resolve(name));
        Files.writeString(folder.resolve("image.yaml"), "description: A test.\n" + yaml + "\n");
    }
}
