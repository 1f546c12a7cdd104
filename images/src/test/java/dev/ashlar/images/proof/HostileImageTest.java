package dev.ashlar.images.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.proof.Verdict.Result;
import dev.ashlar.images.proof.untrusted.Limits;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that lie about themselves: each is not well-formed, and is refused soon and in little memory. */
class HostileImageTest {
    private static final String DIFF_ID = "sha256:" + "0".repeat(64);

    @TempDir
    private Path folder = Path.of("");

    private TestImage image() {
        return new TestImage(folder.resolve("image"));
    }

    private static TarBytes small() {
        return new TarBytes().file("a", "x");
    }

    private static void assertRefused(Verdicts verdicts, String why) {
        assertThat(verdicts.isProven()).isFalse();
        assertThat(verdicts.of(Rule.WELL_FORMED).result()).isEqualTo(Result.FAILED);
        assertThat(verdicts.of(Rule.WELL_FORMED).why()).contains(why);
        assertThat(verdicts.of(Rule.NO_SHELL).result()).isEqualTo(Result.UNJUDGED);
    }

    /** The ways to pack a layer. */
    enum Packing {
        GZIP("+gzip"),
        ZSTD("+zstd");

        private final String suffix;

        Packing(String suffix) {
            this.suffix = suffix;
        }

        OutputStream open(OutputStream out) throws IOException {
            return this == GZIP ? new GZIPOutputStream(out) : new ZstdOutputStream(out);
        }

        byte[] pack(byte[] bytes) throws IOException {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream out = open(packed)) {
                out.write(bytes);
            }
            return packed.toByteArray();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsPackedLayers(Packing packing) throws IOException {
        TarBytes tar = small();
        TestImage image = image().layer(tar, Descriptor.LAYER + packing.suffix, packing.pack(tar.bytes()));
        assertThat(image.judgeAsBuilt(Map.of()).isProven()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void stopsADecompressionBomb(Packing packing) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(packing.open(packed), "UTF-8")) {
            TarArchiveEntry entry = new TarArchiveEntry("zeros");
            entry.setSize(128L << 20);
            tar.putArchiveEntry(entry);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 128; i++) {
                tar.write(zeros);
            }
            tar.closeArchiveEntry();
        }
        TestImage image = image().layer(Descriptor.LAYER + packing.suffix, packed.toByteArray(), DIFF_ID);
        assertRefused(image.judgeAsBuilt(Map.of()), "unpacks to more than 200 times its size");
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnyDamageOfAPackedLayer(Packing packing) throws IOException {
        TarBytes tar =
                new TarBytes().file("text", "the quick brown fox ".repeat(500)).program("b", Elf.plain("xyz"));
        byte[] packed = packing.pack(tar.bytes());
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            byte[] damaged = packed.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            TestImage image = new TestImage(folder.resolve("damaged" + i))
                    .layer(Descriptor.LAYER + packing.suffix, damaged, "sha256:" + Sha256.of(tar.bytes()));
            Verdicts verdicts = image.withoutSbom().judgeAsBuilt(Map.of());
            boolean harmless = verdicts.of(Rule.WELL_FORMED).result() == Result.PASSED; // as a time in gzip's header
            assertThat(harmless || verdicts.of(Rule.WELL_FORMED).result() == Result.FAILED)
                    .isTrue();
        }
    }

    @Test
    void refusesAWrongDiffId() {
        assertRefused(
                image().layer(Descriptor.LAYER, small().bytes(), DIFF_ID).judgeAsBuilt(Map.of()),
                "which is not the diffID in the config");
    }

    @Test
    void refusesMoreDiffIdsThanLayers() {
        TestImage image = image().layer(small())
                .settings(config -> config.withArray("/rootfs/diff_ids").add(DIFF_ID));
        assertRefused(image.judgeAsBuilt(Map.of()), "has 1 layers, its config has 2 diffIDs");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1_000_000})
    void refusesASizeThatIsALie(long size) {
        TestImage image = image().layer(small())
                .manifest(node -> ((ObjectNode) node.get("layers").get(0)).put("size", size));
        assertThat(image.judgeAsBuilt(Map.of()).of(Rule.WELL_FORMED).why()).contains("said of it");
    }

    @Test
    void refusesAConfigWhoseSizeIsALie() {
        TestImage image = image().layer(small()).manifest(node -> ((ObjectNode) node.get("config")).put("size", 10));
        assertRefused(image.judgeAsBuilt(Map.of()), "is longer than the 10 bytes that are said of it");
    }

    @Test
    void refusesABlobThatIsNotTheOneItIsNamedBy() throws IOException {
        TestImage image = image().layer(small());
        image.write();
        String hex = image.layers().getFirst().substring(7);
        byte[] other = small().bytes();
        other[513] = 1;
        Files.write(folder.resolve("image/blobs/sha256").resolve(hex), other);
        assertRefused(image.judge(KnownImages.NONE), "not the one it is named by");
    }

    @Test
    void refusesALayerThatIsMissing() throws IOException {
        TestImage image = image().layer(small());
        image.write();
        Files.delete(folder.resolve("image/blobs/sha256")
                .resolve(image.layers().getFirst().substring(7)));
        assertRefused(image.judge(KnownImages.NONE), "is not in the layout");
    }

    @Test
    void refusesATruncatedLayerAndGarbage() {
        byte[] tar = new TarBytes().file("a", "x".repeat(2000)).bytes();
        byte[] cut = Arrays.copyOf(tar, 1024);
        assertRefused(image().layer(Descriptor.LAYER, cut, DIFF_ID).judgeAsBuilt(Map.of()), "is cut off");
        byte[] garbage = new byte[10_000];
        new Random(1).nextBytes(garbage);
        for (String type : new String[] {"", "+gzip", "+zstd"}) {
            TestImage image =
                    new TestImage(folder.resolve("garbage" + type)).layer(Descriptor.LAYER + type, garbage, DIFF_ID);
            assertRefused(image.judgeAsBuilt(Map.of()), type.isEmpty() ? "is no tar" : "cannot be unpacked");
        }
    }

    @Test
    void refusesALayerPackedOtherwiseThanItsMediaTypeSays() throws IOException {
        TarBytes tar = small();
        assertRefused(
                image().layer(tar, Descriptor.LAYER, Packing.GZIP.pack(tar.bytes()))
                        .judgeAsBuilt(Map.of()),
                "is ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"g", "S", "7", "D", "V", "M"})
    void refusesTarEntriesThatReadersTreatDifferently(char type) {
        byte[] tar = new TarBytes().file("a", "").bytes();
        tar[156] = (byte) type;
        int sum = 8 * ' ';
        for (int i = 0; i < 512; i++) {
            sum += i >= 148 && i < 156 ? 0 : tar[i] & 0xff;
        }
        System.arraycopy("%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII), 0, tar, 148, 8);
        assertRefused(
                image().layer(Descriptor.LAYER, tar, DIFF_ID).judgeAsBuilt(Map.of()),
                "which readers treat differently");
    }

    @Test
    void refusesContentBehindALink() {
        TarBytes tar = new TarBytes().entry("a", (byte) '2', new byte[600], "", entry -> entry.setLinkName("b"));
        assertRefused(image().layer(tar).judgeAsBuilt(Map.of()), "behind an entry that is no file");
    }

    @Test
    void refusesAHugeTarHeader() {
        TarBytes tar = new TarBytes()
                .entry("a", (byte) '0', new byte[0], "", entry -> entry.addPaxHeader("comment", "x".repeat(100_000)));
        assertRefused(image().layer(tar).judgeAsBuilt(Map.of()), "extended tar header of");
    }

    @Test
    void refusesMoreBehindTheEnd() {
        byte[] tar = Arrays.copyOf(small().bytes(), 20_480);
        tar[20_000] = 1;
        assertRefused(
                image().layer(Descriptor.LAYER, tar, "sha256:" + Sha256.of(tar)).judgeAsBuilt(Map.of()),
                "more behind the end of its tar");
    }

    @Test
    void refusesMoreEntriesThanTheLimit() {
        TarBytes tar = new TarBytes();
        for (int i = 0; i < 101; i++) {
            tar.file("same", "");
        }
        TestImage image = image().layer(tar).withoutSbom();
        image.write();
        Limits few = new Limits(1 << 20, 1 << 20, 1, 1, 1 << 20, 200, 100, Duration.ofMinutes(1));
        assertThat(image.judge(KnownImages.NONE, few).of(Rule.WELL_FORMED).why())
                .isEqualTo("has more than 100 entries");
        assertThat(image.judge(KnownImages.NONE, few).of(Rule.SAFE_PATHS).violations())
                .isEqualTo(99);
    }

    @Test
    void refusesMorePathsThanTheLimit() {
        TestImage image =
                image().layer(new TarBytes().file("a/b/c/d/e/f/g/h/i/j/k", "x")).withoutSbom();
        image.write();
        Limits few = new Limits(1 << 20, 1 << 20, 1, 1, 1 << 20, 200, 10, Duration.ofMinutes(1));
        assertRefused(image.judge(KnownImages.NONE, few), "has more than 10 paths");
    }

    @Test
    void givesUpWhenItTakesTooLong() {
        TestImage image = image().layer(small());
        image.write();
        Limits none = new Limits(1 << 20, 1 << 20, 1, 1, 1 << 20, 200, 10, Duration.ZERO);
        assertThatThrownBy(() -> image.judge(KnownImages.NONE, none)).hasMessageContaining("it took more than 0 s");
    }

    @Test
    void refusesAnIndexInAnIndex() {
        TestImage image = image().layer(small());
        ObjectNode inner =
                image.blob(Descriptor.INDEX, index(image, image.blob(Descriptor.MANIFEST, new byte[] {'{'})));
        for (int depth = 0; depth < 50; depth++) {
            inner = image.blob(Descriptor.INDEX, index(image, inner));
        }
        image.list(inner);
        assertRefused(image.judge(KnownImages.NONE), "an index may hold images only");
    }

    @Test
    void refusesAnIndexOfTooMany() {
        TestImage image = image().layer(small());
        ObjectNode manifest = image.blob(Descriptor.MANIFEST, new byte[] {'{'});
        ObjectNode[] many = new ObjectNode[17];
        Arrays.fill(many, manifest);
        image.list(image.blob(Descriptor.INDEX, index(image, many)));
        assertRefused(image.judge(KnownImages.NONE), "has 17 manifests, more than 16");
    }

    private static byte[] index(TestImage image, ObjectNode... manifests) {
        ObjectNode node = manifests[0].objectNode().put("schemaVersion", 2).put("mediaType", Descriptor.INDEX);
        ArrayNode list = node.putArray("manifests");
        for (ObjectNode manifest : manifests) {
            list.add(manifest);
        }
        return TestImage.json(node);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"schemaVersion\":2,\"layers\":[],\"layers\":[]}",
                "{\"schemaVersion\":2,\"layers\":[],\"Layers\":[]}",
                "{\"schemaVersion\":2,\"LAYERS\":[]}",
                "{\"schemaVersion\":2,\"layer\u017f\":[]}",
                "{\"schemaVersion\":2,\"config\":{},\"layers\":[],\"manifests\":[]}",
                "{\"schemaVersion\":2,\"config\":{},\"layers\":[]} {}",
                "{\"schemaVersion\":2,\"config\":{\"digest\":\"sha256:../../../etc/passwd\",\"size\":1},\"layers\":[]}",
                "{\"schemaVersion\":2,\"config\":{\"digest\":\"x\",\"size\":1e99},\"layers\":[]}",
                "{\"schemaVersion\":2,\"config\":{\"digest\":\"x\",\"size\":-1},\"layers\":[]}"
            })
    void refusesBrokenAndAmbiguousManifests(String json) {
        TestImage image = image();
        image.withoutSbom().write(json.getBytes(StandardCharsets.UTF_8));
        assertRefused(image.judge(KnownImages.NONE), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void refusesDeepJson(String nest) {
        image().withoutSbom().write(("{\"a\":" + nest.repeat(100_000)).getBytes(StandardCharsets.UTF_8));
        assertRefused(image().judge(KnownImages.NONE), "cannot be read");
    }

    @Test
    void refusesHugeJson() {
        image().withoutSbom().write(("{\"a\":[" + "0,".repeat(60_000) + "0]}").getBytes(StandardCharsets.UTF_8));
        assertRefused(image().judge(KnownImages.NONE), "cannot be read");
        TestImage larger = new TestImage(folder.resolve("larger")).withoutSbom();
        larger.write(("{\"a\":\"" + "x".repeat(5 << 20) + "\"}").getBytes(StandardCharsets.UTF_8));
        assertRefused(larger.judge(KnownImages.NONE), "more than any manifest or config");
    }

    @Test
    void saysWhatToNameWhenALayoutHoldsNoImage() throws IOException {
        Files.createDirectories(folder.resolve("image"));
        Files.writeString(folder.resolve("image/index.json"), "{\"manifests\":[]}");
        assertThatThrownBy(() -> image().judge(KnownImages.NONE))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("lists 0 images");
    }
}
