package dev.ashlar.images.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.ashlar.images.origin.Origins;
import dev.ashlar.images.origin.Origins.FileOrigin;
import dev.ashlar.images.origin.Source;
import dev.ashlar.images.recipe.LockedSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cyclonedx.Version;
import org.cyclonedx.exception.ParseException;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Dependency;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;

class SbomTest {
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final String DIGEST = "sha256:" + HASH;

    private static final Source DEB = Source.of(
            new LockedSource.Deb("libstdc++6", "1:12.2-14+deb12u1", "amd64", HASH),
            "debian-12",
            List.of("GPL-3.0-or-later", "GPL-3+ with Bison exception"));
    private static final Source SOURCE_PACKAGE = Source.of(
            new LockedSource.DebSource("nginx", "1.22.1-9", Map.of("nginx.dsc", HASH, "nginx.tar.xz", HASH)),
            "",
            List.of());
    private static final Source WHEEL =
            Source.of(new LockedSource.Wheel("ziglang", "0.17.0", "x86_64", HASH), List.of("MIT OR Apache-2.0"));
    private static final Source MODULE = Source.goModule(
            "github.com/BurntSushi/toml", "v1.4.0", "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", List.of("MIT"));
    private static final Source JAR = Source.maven("io.fabric8", "kubernetes-client", "7.5.2", HASH, List.of());
    private static final String SHA512 = "0123456789abcdef".repeat(8);
    private static final Source NPM = Source.npm(
            "@codemirror/state",
            "6.7.0",
            "sha512-" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(SHA512)),
            List.of("MIT"));
    private static final Source OWN = Source.tree("ashlar/images/nginx", HASH);
    private static final List<Source> ALL = List.of(DEB, SOURCE_PACKAGE, WHEEL, MODULE, JAR, NPM, OWN);

    private static Origins origins() {
        Origins origins = new Origins(new TreeMap<>(), new TreeMap<>());
        ALL.forEach(source -> origins.sources().put(source.purl(), source));
        origins.files().put("/nginx", new FileOrigin(HASH, null, List.of(SOURCE_PACKAGE.purl(), WHEEL.purl())));
        origins.files().put("/lib/a b.so", new FileOrigin(null, "../x", List.of(DEB.purl())));
        return origins;
    }

    private static Bom parsed() throws ParseException {
        return new JsonParser().parse(Sbom.of("shop/content", DIGEST, origins()));
    }

    @Test
    void keepsToThePublishedSchema() throws IOException {
        byte[] sbom = Sbom.of("shop/content", DIGEST, origins());
        assertThat(new JsonParser().validate(sbom, Version.VERSION_16)).isEmpty();
        String wrong = new String(sbom, StandardCharsets.UTF_8).replace("\"container\"", "\"box\"");
        assertThat(new JsonParser().validate(wrong.getBytes(StandardCharsets.UTF_8), Version.VERSION_16))
                .isNotEmpty();
    }

    @Test
    void isTheSameForTheSameImage() {
        assertThat(Sbom.of("a", DIGEST, origins())).isEqualTo(Sbom.of("a", DIGEST, origins()));
    }

    @Test
    void namesTheImageByItsDigest() throws ParseException {
        Component image = parsed().getMetadata().getComponent();
        assertThat(image.getName()).isEqualTo("shop/content");
        assertThat(image.getVersion()).isEqualTo(DIGEST);
        assertThat(image.getType()).isEqualTo(Component.Type.CONTAINER);
    }

    @Test
    void letsEachFileDependOnItsSources() throws ParseException {
        Map<String, List<String>> dependencies = new TreeMap<>();
        for (Dependency dependency : parsed().getDependencies()) {
            dependencies.put(
                    dependency.getRef(),
                    dependency.getDependencies() == null
                            ? List.of()
                            : dependency.getDependencies().stream()
                                    .map(Dependency::getRef)
                                    .toList());
        }
        assertThat(dependencies.get("file:/nginx")).containsExactlyInAnyOrder(SOURCE_PACKAGE.purl(), WHEEL.purl());
        assertThat(dependencies.get("file:/lib/a b.so")).containsExactly(DEB.purl());
        assertThat(parsed().getComponents())
                .extracting(Component::getBomRef)
                .containsAll(dependencies.keySet().stream()
                        .filter(ref -> ref.startsWith("file:"))
                        .toList())
                .containsAll(ALL.stream().map(Source::purl).toList());
    }

    @Test
    void tellsALinkByItsTargetAndAFileByItsHash() throws ParseException {
        Component link = component("file:/lib/a b.so");
        assertThat(link.getHashes()).isNullOrEmpty();
        assertThat(link.getProperties())
                .extracting(property -> property.getName() + "=" + property.getValue())
                .containsExactly("ashlar:link=../x");
        assertThat(component("file:/nginx").getHashes())
                .extracting(hash -> hash.getAlgorithm() + "=" + hash.getValue())
                .containsExactly("SHA-256=" + HASH);
    }

    @Test
    void givesAnNpmPackageTheHashOfItsLockFile() throws ParseException {
        assertThat(component(NPM.purl()).getHashes())
                .extracting(hash -> hash.getAlgorithm() + "=" + hash.getValue())
                .containsExactly("SHA-512=" + SHA512);
    }

    @Test
    void givesAnIdOnlyToALicenceOfTheSpdxList() throws ParseException {
        assertThat(component(DEB.purl()).getLicenses().getLicenses())
                .extracting(licence -> licence.getId() + "|" + licence.getName())
                .containsExactlyInAnyOrder("null|GPL-3+ with Bison exception", "GPL-3.0-or-later|null");
        assertThat(component(WHEEL.purl()).getLicenses().getExpression().getValue())
                .isEqualTo("MIT OR Apache-2.0");
        assertThat(component(JAR.purl()).getLicenses()).isNull();
    }

    @Test
    void writesPackageUrlsThatOthersRead() throws MalformedPackageURLException {
        for (Source source : ALL) {
            assertThat(new PackageURL(source.purl()).getVersion()).isEqualTo(source.version());
        }
        PackageURL deb = new PackageURL(DEB.purl());
        assertThat(deb.getName()).isEqualTo("libstdc++6");
        assertThat(deb.getQualifiers()).isEqualTo(new TreeMap<>(Map.of("arch", "amd64", "distro", "debian-12")));
        PackageURL module = new PackageURL(MODULE.purl());
        assertThat(module.getNamespace() + "|" + module.getName()).isEqualTo("github.com/burntsushi|toml");
    }

    private static Component component(String ref) throws ParseException {
        return parsed().getComponents().stream()
                .filter(component -> ref.equals(component.getBomRef()))
                .findFirst()
                .orElseThrow();
    }
}
