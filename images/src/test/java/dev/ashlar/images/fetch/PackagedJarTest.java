package dev.ashlar.images.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.images.host.BuildException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagedJarTest {
    private static final String PATH =
            "io/fabric8/kubernetes-httpclient-vertx/7.5.2/kubernetes-httpclient-vertx-7.5.2.jar";
    private static final Map<String, String> CLASSES = Map.of("A.class", "a", "B.class", "b");

    @TempDir
    private Path folder = Path.of("");

    private Path artifact = Path.of("");

    @BeforeEach
    void artifact() throws IOException {
        Map<String, String> entries = new TreeMap<>(CLASSES);
        entries.put("META-INF/services/io.fabric8.kubernetes.client.http.HttpClient$Factory", "V");
        artifact = jar("artifact.jar", entries);
    }

    @Test
    void isTheArtifactWithoutTheEntryThatQuarkusLeavesOut() throws IOException {
        assertThat(PackagedJar.isRewritten(PATH)).isTrue();
        PackagedJar made = new PackagedJar(PATH, jar("made.jar", CLASSES));
        assertThatNoException().isThrownBy(() -> made.requireMadeOf(artifact));
    }

    @Test
    void isRefusedWithAnotherByteAnEntryMoreOrOneLess() throws IOException {
        refuses(Map.of("A.class", "x", "B.class", "b"), "A.class is not the artifact's");
        refuses(Map.of("A.class", "a", "B.class", "b", "C.class", "c"), "C.class is not the artifact's");
        refuses(Map.of("A.class", "a"), "B.class is missing");
    }

    private void refuses(Map<String, String> entries, String message) throws IOException {
        PackagedJar made = new PackagedJar(PATH, jar("made.jar", entries));
        assertThatThrownBy(() -> made.requireMadeOf(artifact))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("is not what Quarkus makes of Maven artifact " + PATH + ": " + message);
    }

    private Path jar(String name, Map<String, String> entries) throws IOException {
        Path jar = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return jar;
    }
}
