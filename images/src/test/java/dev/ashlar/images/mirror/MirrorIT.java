package dev.ashlar.images.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Progress;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.oci.Layout;
import dev.ashlar.images.proof.Elf;
import dev.ashlar.images.proof.KnownImages;
import dev.ashlar.images.proof.Proof;
import dev.ashlar.images.proof.Rule;
import dev.ashlar.images.proof.TarBytes;
import dev.ashlar.images.proof.TestImage;
import dev.ashlar.images.proof.Verdict.Result;
import dev.ashlar.images.proof.Verdicts;
import dev.ashlar.images.proof.source.RegistryImage;
import dev.ashlar.images.registry.Registry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between two real registries: a plain one, and one with TLS and a login. */
@SuppressWarnings("NullAway.Init")
class MirrorIT {
    private static final Origin ORIGIN = new Origin("example.org/web@sha256:1", "ada", Instant.EPOCH);

    @TempDir
    private static Path folder;

    private static LoopbackRegistry foreign;
    private static LoopbackRegistry own;

    @BeforeAll
    static void start() throws Exception {
        foreign = LoopbackRegistry.withTlsAndLogin(folder.resolve("foreign"));
        own = LoopbackRegistry.plain(folder.resolve("own"));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        foreign.close();
        own.close();
    }

    private static TestImage image(String name, TarBytes layer) {
        return new TestImage(folder.resolve(name)).withoutSbom().gzip(layer);
    }

    private static long mirror(String digest) {
        try (Registry from = new Registry(foreign.target("web"));
                Registry to = new Registry(own.target("mirror/web"))) {
            return new Mirror(from, to, new Progress(line -> {})).copy(digest, ORIGIN);
        }
    }

    private static String push(String name, TestImage image) {
        String digest = image.write();
        try (Registry registry = new Registry(foreign.target("web"))) {
            registry.push(new Layout(folder.resolve(name)));
        }
        return digest;
    }

    private static Verdicts judge(String digest) throws IOException {
        try (RegistryImage source = new RegistryImage("web", new Registry(own.target("mirror/web")), digest)) {
            return Proof.of(source, KnownImages.NONE);
        }
    }

    @Test
    void copiesAnImageUnchangedAndNotesItsSource() throws IOException {
        String digest = push("one", image("one", new TarBytes().program("a", Elf.dynamic())));
        assertThat(mirror(digest)).isPositive();
        assertThat(mirror(digest)).isZero();
        try (Registry to = new Registry(own.target("mirror/web"))) {
            List<Descriptor> notes = to.referrers(digest, Optional.of(Origin.TYPE));
            assertThat(notes).hasSize(1);
            assertThat(notes.getFirst().annotations())
                    .containsEntry("dev.ashlar.mirror.source", ORIGIN.source())
                    .containsEntry("dev.ashlar.mirror.by", "ada")
                    .containsEntry("org.opencontainers.image.created", "1970-01-01T00:00:00Z");
            assertThat(new String(to.manifest(digest), StandardCharsets.UTF_8)).contains("+gzip");
        }
        Verdicts verdicts = judge(digest);
        assertThat(verdicts.digest()).isEqualTo(digest);
        assertThat(verdicts.of(Rule.WELL_FORMED).result()).isEqualTo(Result.PASSED);
        assertThat(verdicts.of(Rule.FROM_SCRATCH).result()).isEqualTo(Result.FAILED);
        assertThat(verdicts.of(Rule.STATIC).where()).isEqualTo("/a");
    }

    @Test
    void copiesAnIndexWithAllItsImages() throws IOException {
        TestImage image = image("two", new TarBytes().file("b", "b"));
        String inner = push("two", image);
        byte[] manifest = Files.readAllBytes(folder.resolve("two/blobs/sha256").resolve(inner.substring(7)));
        ObjectNode entry = image.blob(Descriptor.MANIFEST, manifest);
        ObjectNode node = entry.objectNode().put("schemaVersion", 2).put("mediaType", Descriptor.INDEX);
        node.putArray("manifests").add(entry);
        byte[] index = TestImage.json(node);
        String digest = "sha256:" + dev.ashlar.images.host.Sha256.of(index);
        try (Registry registry = new Registry(foreign.target("web"))) {
            registry.putManifest(digest, Descriptor.INDEX, index);
        }
        mirror(digest);
        assertThat(judge(digest).of(Rule.WELL_FORMED).result()).isEqualTo(Result.PASSED);
        assertThat(judge(inner).of(Rule.WELL_FORMED).result()).isEqualTo(Result.PASSED);
    }

    @Test
    void provesAnImageInARegistryByItsReferrers() throws IOException {
        TestImage image =
                new TestImage(folder.resolve("three")).layer(new TarBytes().program("server", Elf.plain("x")));
        String digest = image.write();
        try (Registry registry = new Registry(own.target("three"))) {
            registry.push(new Layout(folder.resolve("three")));
            image.artifact(digest).forEach(registry::push);
        }
        KnownImages known = new KnownImages(List.of(image.known(digest, Map.of())));
        try (RegistryImage source = new RegistryImage("three", new Registry(own.target("three")), digest)) {
            assertThat(Proof.of(source, known).isProven()).isTrue();
        }
    }

    @Test
    void saysWhichLoginIsMissing() {
        String digest = push("four", image("four", new TarBytes().file("c", "c")));
        try (Registry from = new Registry(foreign.withoutLogin("web"));
                Registry to = new Registry(own.target("mirror/web"))) {
            Mirror mirror = new Mirror(from, to, new Progress(line -> {}));
            assertThatThrownBy(() -> mirror.copy(digest, ORIGIN))
                    .isInstanceOf(BuildException.class)
                    .hasMessageContaining("docker login");
        }
    }

    @Test
    void findsThatASizeIsALieInARegistryToo() throws IOException {
        TestImage image = image("five", new TarBytes().file("d", "d"))
                .manifest(node -> ((ObjectNode) node.get("layers").get(0)).put("size", 3));
        String digest = image.write();
        byte[] manifest = Files.readAllBytes(folder.resolve("five/blobs/sha256").resolve(digest.substring(7)));
        try (Registry registry = new Registry(own.target("mirror/web"))) {
            for (ObjectNode blob : image.blobs()) {
                Path file = folder.resolve("five/blobs/sha256")
                        .resolve(blob.get("digest").asText().substring(7));
                registry.upload(Descriptor.of("", blob.get("digest").asText().substring(7), Files.size(file)), file);
            }
            registry.putManifest(digest, Descriptor.MANIFEST, manifest);
        }
        Verdicts verdicts = judge(digest);
        assertThat(verdicts.of(Rule.WELL_FORMED).result()).isEqualTo(Result.FAILED);
    }
}
