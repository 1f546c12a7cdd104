package dev.ashlar.images.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes small ELF files of this JDK as samples: its launcher needs libjli, which lies in a folder of its run path. */
class ElfClosureTest {
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @TempDir
    private Path root = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        copy(JDK.resolve("bin/java"), "opt/jdk/bin/java");
        put("lib64/ld-linux-x86-64.so.2");
        for (String library : List.of("libc.so.6", "libpthread.so.0", "libdl.so.2", "libz.so.1")) {
            put("lib/x86_64-linux-gnu/" + library + ".real");
            Files.createSymbolicLink(root.resolve("lib/x86_64-linux-gnu/" + library), Path.of(library + ".real"));
        }
    }

    private void copy(Path from, String to) throws IOException {
        Folders.copy(from, root.resolve(to), file -> true);
    }

    private void put(String path) throws IOException {
        Files.createDirectories(Folders.parent(root.resolve(path)));
        Files.writeString(root.resolve(path), "stands for a library");
    }

    private Set<String> complete() throws IOException {
        Set<String> paths = new TreeSet<>(Set.of("/opt/jdk/bin/java"));
        new ElfClosure(new PackageRoot(root), "web", Platform.AMD64).complete(paths);
        return paths;
    }

    @Test
    void findsLibrariesByRunPathTheLoaderAndTheTargetsOfLinks() throws IOException {
        copy(JDK.resolve("lib/libjli.so"), "opt/jdk/lib/libjli.so");
        assertThat(complete())
                .contains(
                        "/opt/jdk/lib/libjli.so",
                        "/lib64/ld-linux-x86-64.so.2",
                        "/lib/x86_64-linux-gnu/libc.so.6",
                        "/lib/x86_64-linux-gnu/libc.so.6.real");
    }

    @Test
    void namesWhoNeedsWhatIsMissing() {
        assertThatThrownBy(this::complete)
                .isInstanceOf(BuildException.class)
                .hasMessageContaining(
                        "image web: /opt/jdk/bin/java needs libjli.so, which none of the layer's packages has");
    }
}
