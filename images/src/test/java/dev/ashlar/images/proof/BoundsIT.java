package dev.ashlar.images.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.proof.source.LayoutImage;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an image may cost, whatever it holds: 64 MiB of heap in all, and seconds. Each is judged in a JVM of its own. */
class BoundsIT {
    private static final String DIFF_ID = "sha256:" + "0".repeat(64);

    @TempDir
    private Path folder = Path.of("");

    /** Judges a layout by the list beside it and prints the verdicts. */
    public static void main(String[] args) throws IOException {
        Path image = Path.of(args[0]);
        KnownImages known = KnownImages.read(Files.readString(image.resolve("known.json")));
        try (LayoutImage source = LayoutImage.open(image, Optional.empty())) {
            System.out.println(new Report(Proof.of(source, known)).json());
        }
    }

    private String judge(TestImage image, String digest) throws IOException, InterruptedException {
        Path path = folder.resolve("image");
        Files.writeString(path.resolve("known.json"), new KnownImages(List.of(image.known(digest, Map.of()))).json());
        Path output = folder.resolve("output");
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Instant start = Instant.now();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        classes,
                        BoundsIT.class.getName(),
                        path.toString())
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMinutes(1));
        return Files.readString(output);
    }

    private TestImage image() {
        return new TestImage(folder.resolve("image"));
    }

    @Test
    void provesAHundredThousandTinyFiles() throws Exception {
        TarBytes tar = new TarBytes();
        for (int i = 0; i < 100_000; i++) {
            tar.file(
                    "content/%d/%d/a-file-with-a-name-of-some-length-%d.html".formatted(i % 100, i % 1000, i), "x" + i);
        }
        TestImage image = image().layer(tar);
        assertThat(judge(image, image.write())).contains("\"proven\" : true");
    }

    @Test
    void refusesPathsWithoutEnd() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(packed), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (int i = 0; i < 40_000; i++) {
                tar.putArchiveEntry(new TarArchiveEntry("a/b/c/d%d/e/f/g/h/i/j/k/%s".formatted(i, "l".repeat(150))));
                tar.closeArchiveEntry();
            }
        }
        TestImage image = image().layer(Descriptor.LAYER + "+gzip", packed.toByteArray(), DIFF_ID)
                .withoutSbom();
        assertThat(judge(image, image.write())).contains("has more than 300000 paths");
    }

    @Test
    void refusesAGibibyteOfZerosInAMebibyte() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            bomb(out);
        }
        TestImage image = image().layer(Descriptor.LAYER + "+gzip", packed.toByteArray(), DIFF_ID);
        assertThat(judge(image, image.write())).contains("unpacks to more than 200 times its size");
    }

    @Test
    void refusesAGibibyteOfZerosInSomeKibibytes() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(packed)) {
            bomb(out);
        }
        TestImage image = image().layer(Descriptor.LAYER + "+zstd", packed.toByteArray(), DIFF_ID);
        assertThat(judge(image, image.write())).contains("unpacks to more than 200 times its size");
    }

    private static void bomb(OutputStream out) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
            TarArchiveEntry entry = new TarArchiveEntry("zeros");
            entry.setSize(1L << 30);
            tar.putArchiveEntry(entry);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 1 << 10; i++) {
                tar.write(zeros);
            }
            tar.closeArchiveEntry();
        }
    }

    @Test
    void refusesAZstdWindowOfTwoGibibytes() throws Exception {
        byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x00, (byte) 0xa8, 0x01, 0x00, 0x00};
        TestImage image = image().layer(Descriptor.LAYER + "+zstd", frame, DIFF_ID);
        assertThat(judge(image, image.write())).contains("cannot be unpacked");
    }

    @Test
    void refusesAnSbomWithoutEnd() throws Exception {
        StringBuilder sbom = new StringBuilder("{\"components\":[");
        for (int i = 0; i < 400_000; i++) {
            sbom.append("{\"type\":\"file\",\"name\":\"/")
                    .append(i)
                    .append("\",\"hashes\":[{\"alg\":\"SHA-256\",\"content\":\"");
            sbom.append("a".repeat(64)).append("\"}]},");
        }
        sbom.append("{}]}");
        TestImage image = image().layer(new TarBytes().file("a", "x"));
        String digest = image.write();
        image.attach(digest, sbom.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(judge(image, digest)).contains("has more than 300000 paths");
    }

    @Test
    void refusesAManifestOfFourMebibytes() throws Exception {
        TestImage image = image().withoutSbom();
        String digest = image.write(("{\"a\":[" + "[],".repeat(1_390_000) + "0]}").getBytes(StandardCharsets.UTF_8));
        assertThat(judge(image, digest)).contains("cannot be read");
    }

    @Test
    void readsAConfigFullOfText() throws Exception {
        TestImage image = image().layer(new TarBytes().file("a", "x"))
                .settings(config -> ((ObjectNode) config.get("config")).put("StopSignal", "x".repeat(4_000_000)));
        assertThat(judge(image, image.write())).contains("\"rule\" : \"well-formed\",\n    \"result\" : \"passed\"");
    }
}
