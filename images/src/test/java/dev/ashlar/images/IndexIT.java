package dev.ashlar.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.images.bench.ImageFile;
import dev.ashlar.images.host.Progress;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.oci.Index;
import dev.ashlar.images.oci.Layout;
import dev.ashlar.images.oci.Platform;
import dev.ashlar.images.proof.KnownImages;
import dev.ashlar.images.proof.Rule;
import dev.ashlar.images.proof.Verdict.Result;
import dev.ashlar.images.proof.Verdicts;
import dev.ashlar.images.provenance.Provenance;
import dev.ashlar.images.registry.Registry;
import dev.ashlar.images.registry.RegistryProgram;
import dev.ashlar.images.sbom.Sbom;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSegment;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of the tree for both platforms, and the real registry program with their indexes. */
class IndexIT {
    private static final Images IMAGES =
            Images.open(Checkout.find(), List.of(Platform.AMD64, Platform.ARM64), new Progress(System.err::println));

    @TempDir
    static Path folder;

    private static RegistryProgram program;

    @BeforeAll
    static void start() throws Exception {
        program = RegistryProgram.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        program.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "nginx", "health"})
    void holdsStaticProgramsForTheProcessorThatTheIndexNames(String name) throws IOException {
        Layout index = new Layout(IMAGES.image(name).layout());
        assertThat(index.images()).hasSize(2);
        for (Descriptor image : index.images()) {
            Platform platform = Platform.ARM64.isOf(image) ? Platform.ARM64 : Platform.AMD64;
            List<ElfFile> programs = programs(index, image);
            assertThat(programs).isNotEmpty();
            for (ElfFile elf : programs) {
                assertThat((int) elf.e_machine).isEqualTo(platform.elfMachine());
                assertThat(elf.firstSegmentByType(ElfSegment.PT_INTERP)).isNull();
                assertThat(elf.firstSegmentByType(ElfSegment.PT_DYNAMIC)).isNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "nginx", "health"})
    void isProvenInTheRegistryByTheSbomOfEachImage(String name) throws IOException {
        BuiltImage image = IMAGES.image(name);
        try (Registry registry = new Registry(program.target(name))) {
            assertThat(Delivery.push(image, registry)).isPositive();
            assertThat(Delivery.push(image, registry)).isZero();
            byte[] index = registry.manifest("latest");
            assertThat(index).isEqualTo(registry.manifest(image.digest()));
            assertThat(new JsonMapper().readValue(index, Index.class).manifests())
                    .extracting(Descriptor::digest)
                    .containsExactlyElementsOf(image.digests().skip(1).toList());
            for (BuiltImage each : image.images()) {
                assertThat(registry.referrers(each.digest(), Optional.of(Sbom.TYPE)))
                        .hasSize(1);
                assertThat(registry.referrers(each.digest(), Optional.of(Provenance.TYPE)))
                        .hasSize(1);
            }
        }
        KnownImages known = KnownImages.NONE.with(name, new Layout(image.layout()), Map.of());
        assertThat(known.images())
                .extracting(each -> each.digest())
                .containsExactlyInAnyOrderElementsOf(image.digests().toList());
        assertThat(judge(known, name, image.digest()).isProven()).isTrue();
    }

    @Test
    void isNotProvenWhenTheImageOfOnePlatformIsUnknown() throws IOException {
        BuiltImage image = IMAGES.image("pause");
        try (Registry registry = new Registry(program.target("half"))) {
            Delivery.push(image, registry);
        }
        KnownImages half = KnownImages.NONE.with(
                "pause", new Layout(image.images().getFirst().layout()), Map.of());
        Verdicts verdicts = judge(half, "half", image.digest());
        assertThat(verdicts.of(Rule.FROM_SCRATCH).result()).isEqualTo(Result.FAILED);
        assertThat(verdicts.of(Rule.STATIC).result()).isEqualTo(Result.PASSED);
    }

    @Test
    void printsTheSbomOfThisMachinesImageOfAnIndex() throws IOException {
        BuiltImage image = IMAGES.image("pause");
        try (Registry registry = new Registry(program.target("documents"))) {
            Delivery.push(image, registry);
        }
        byte[] sbom =
                new AttachedDocument(Sbom.TYPE, "SBOM", Delivery::sbom).of(reference("documents", image.digest()));
        BuiltImage own = image.images().get(Platform.own().ordinal());
        assertThat(new String(sbom, StandardCharsets.UTF_8))
                .isEqualTo(new String(Delivery.sbom(own), StandardCharsets.UTF_8));
    }

    @Test
    void isOneFileOfFilesLayerForBothPlatforms() throws IOException {
        Layout index = new Layout(IMAGES.image("nginx").layout());
        List<Descriptor> configuration = new ArrayList<>();
        for (Descriptor image : index.images()) {
            configuration.add(index.manifest(image).layers().getLast());
        }
        assertThat(configuration.getFirst()).isEqualTo(configuration.getLast());
    }

    @Test
    void runsOnTheOtherProcessorWhereQemuIsInstalled() throws Exception {
        Optional<Path> qemu = qemu();
        assumeThat(qemu)
                .as("qemu-aarch64 on PATH: without it the arm64 nginx was built and not run")
                .isPresent();
        BuiltImage arm64 = IMAGES.image("nginx").images().get(Platform.ARM64.ordinal());
        Path nginx = ImageFile.extract(arm64, "nginx", folder.resolve("nginx-arm64"));
        Process process = new ProcessBuilder(qemu.orElseThrow().toString(), nginx.toString(), "-v")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).startsWith("nginx version: nginx/");
    }

    private static Optional<Path> qemu() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(place -> Stream.of(Path.of(place, "qemu-aarch64"), Path.of(place, "qemu-aarch64-static")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Verdicts judge(KnownImages known, String repository, String digest) {
        return new Judgement(known).of(reference(repository, digest));
    }

    private static String reference(String repository, String digest) {
        return "%s/%s@%s".formatted(program.base().getAuthority(), repository, digest);
    }

    private static List<ElfFile> programs(Layout layout, Descriptor image) throws IOException {
        List<ElfFile> programs = new ArrayList<>();
        for (Descriptor layer : layout.manifest(image).layers()) {
            try (var tar =
                    new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(layout.blob(layer))))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    byte[] content = entry.isFile() ? tar.readAllBytes() : new byte[0];
                    if (content.length > 4 && content[0] == 0x7f && content[1] == 'E' && content[2] == 'L') {
                        programs.add(ElfFile.from(content));
                    }
                }
            }
        }
        return programs;
    }
}
