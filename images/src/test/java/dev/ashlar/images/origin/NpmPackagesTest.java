package dev.ashlar.images.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpmPackagesTest {
    @TempDir
    private Path folder = Path.of("");

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve("node_modules/.pnpm").resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    @Test
    void namesWhatIsInstalledWithHashAndLicence() throws IOException {
        write("lock.yaml", """
                lockfileVersion: '9.0'
                packages:
                  '@lezer/lr@1.4.10':
                    resolution: {integrity: sha512-AAAA}
                  katex@0.17.0:
                    resolution: {integrity: sha512-BBBB}
                  esbuild-of-another-processor@1.0.0:
                    resolution: {integrity: sha512-CCCC}
                """);
        write(
                "@lezer+lr@1.4.10/node_modules/@lezer/lr/package.json",
                "{\"name\": \"@lezer/lr\", \"version\": \"1.4.10\", \"license\": \"Apache 2.0\"}");
        write(
                "katex@0.17.0(x@1)/node_modules/katex/package.json",
                "{\"name\": \"katex\", \"version\": \"0.17.0\", \"license\": \"MIT\"}");
        write("katex@0.17.0(x@1)/node_modules/katex/dist/package.json", "not to be read");
        assertThat(NpmPackages.installed(folder))
                .containsExactly(
                        Source.npm("@lezer/lr", "1.4.10", "sha512-AAAA", List.of("Apache 2.0")),
                        Source.npm("katex", "0.17.0", "sha512-BBBB", List.of("MIT")));
    }
}
