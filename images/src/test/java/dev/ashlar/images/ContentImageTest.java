package dev.ashlar.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.images.cache.BuildCache;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Progress;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.oci.Descriptor;
import dev.ashlar.images.oci.ImageConfig;
import dev.ashlar.images.oci.LayerTar;
import dev.ashlar.images.oci.Layout;
import dev.ashlar.images.oci.Platform;
import dev.ashlar.images.origin.Origins;
import dev.ashlar.images.origin.Source;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentImageTest {
    @TempDir
    private Path folder = Path.of("");

    private Path site = folder;

    @BeforeEach
    void makeSite() throws IOException {
        site = folder.resolve("site");
        Files.createDirectories(site.resolve("sub"));
        Files.writeString(site.resolve("index.html"), "<p>page</p>");
    }

    private BuiltImage base() throws IOException {
        return base(Platform.AMD64);
    }

    private BuiltImage base(Platform platform) throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Files.writeString(tree.resolve("nginx"), "program for " + platform);
        LayerTar.write(tree, "/", null, folder.resolve("base.tar"));
        Layout layout = Layout.write(
                folder.resolve("base-" + platform.architecture()),
                new Layout.Parts(platform, List.of(), List.of(folder.resolve("base.tar")), ImageConfig.Run.DEFAULT));
        Origins.of(tree, List.of(Source.tree("ashlar/images/nginx", "1".repeat(64))))
                .write(layout.folder());
        return new BuiltImage("nginx", layout.descriptor().digest(), layout.folder(), Optional.empty(), List.of());
    }

    private void assertRefused(String... words) {
        assertThatThrownBy(() -> new ContentFolder(site, 100).check())
                .isInstanceOf(BuildException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void saysWhichFilesAreOfTheFolderAndWhichOfTheBase() throws IOException {
        Files.createSymbolicLink(site.resolve("sub/home.html"), Path.of("../index.html"));
        Origins origins = ContentImage.build(base(), site, folder.resolve("cache"), "shop/content")
                .origins();
        assertThat(origins.files().keySet())
                .containsExactly("/content/index.html", "/content/sub/home.html", "/etc/nginx/content.index", "/nginx");
        assertThat(origins.file("/nginx").sources())
                .containsExactly("pkg:generic/ashlar/images/nginx@" + "1".repeat(64));
        assertThat(origins.file("/content/index.html").sha256()).isEqualTo(Sha256.of(site.resolve("index.html")));
        assertThat(origins.file("/content/sub/home.html").link()).isEqualTo("../index.html");
        String folder = origins.file("/content/index.html").sources().getFirst();
        assertThat(folder).startsWith("pkg:generic/shop/content@");
        assertThat(origins.sources()).containsOnlyKeys(folder, "pkg:generic/ashlar/images/nginx@" + "1".repeat(64));
    }

    @Test
    void hasOneDigestForTheSameFiles() throws IOException {
        BuiltImage base = base();
        Files.createSymbolicLink(site.resolve("sub/home.html"), Path.of("../index.html"));
        BuiltImage one = ContentImage.build(base, site, folder.resolve("cache"), "shop/content");
        BuiltImage two = ContentImage.build(base, site, folder.resolve("other"), "shop/content");
        assertThat(one.digest()).isEqualTo(two.digest());
        assertThat(new Layout(one.layout()).manifest().layers()).hasSize(3);
        Files.writeString(site.resolve("index.html"), "<p>Page</p>");
        assertThat(ContentImage.build(base, site, folder.resolve("cache"), "shop/content")
                        .digest())
                .isNotEqualTo(one.digest());
    }

    @Test
    void whatRunsTheFilesHasThemAloneAndAsTheyAre() throws IOException {
        Files.writeString(site.resolve("large.css"), "a".repeat(5000));
        BuiltImage served = ContentImage.build(base(), site, folder.resolve("cache"), "shop");
        BuiltImage run = ContentImage.buildRunning(base(), site, folder.resolve("cache"), "shop");
        assertThat(served.origins().files()).containsKeys("/content/large.css.gz", "/etc/nginx/content.index");
        assertThat(run.origins().files().keySet())
                .containsExactly("/content/index.html", "/content/large.css", "/nginx");
        assertThat(new Layout(run.layout()).manifest().layers())
                .isEqualTo(new Layout(served.layout()).manifest().layers().subList(0, 2));
    }

    @Test
    void isAnIndexOverAnIndexOfBasesWithTheSameContentInEach() throws IOException {
        BuildCache cache = new BuildCache(folder.resolve("cache/build"), new Progress(line -> {}));
        BuiltImage bases = ImageIndex.of(List.of(base(Platform.AMD64), base(Platform.ARM64)), cache);
        BuiltImage image = ContentImage.build(bases, site, folder.resolve("cache"), "shop/content");
        assertThat(image.images()).hasSize(2);
        Layout index = new Layout(image.layout());
        assertThat(index.images())
                .extracting(Descriptor::digest)
                .containsExactlyElementsOf(
                        image.images().stream().map(BuiltImage::digest).toList());
        List<Descriptor> content = new ArrayList<>();
        for (Descriptor each : index.images()) {
            content.add(index.manifest(each).layers().getLast());
        }
        assertThat(content.getFirst()).isEqualTo(content.getLast());
        assertThat(image.images().getLast().origins().files()).containsKeys("/nginx", "/content/index.html");
    }

    @Test
    void refusesAnEmptyFolder() throws IOException {
        Files.delete(site.resolve("index.html"));
        assertRefused(site.toString(), "holds no file", "put an index.html into it");
    }

    @Test
    void refusesAFileInsteadOfAFolder() {
        site = site.resolve("index.html");
        assertRefused("index.html is not a folder");
    }

    @Test
    void refusesAHugeFolder() throws IOException {
        Files.write(site.resolve("film"), new byte[200]);
        assertRefused("more than the limit", "leave out");
    }

    @Test
    void refusesLinksThatLeaveTheFolder() throws IOException {
        Files.createSymbolicLink(site.resolve("sub/out"), Path.of("../../secret"));
        assertRefused("sub/out is a link to ../../secret, which is outside the folder", "put a copy");
    }

    @Test
    void refusesAbsoluteLinks() throws IOException {
        Files.createSymbolicLink(site.resolve("sub/out"), site.resolve("index.html"));
        assertRefused("which is outside the folder");
    }

    @Test
    void refusesSockets() throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(site.resolve("socket")));
            assertRefused("socket is a device, pipe or socket", "remove it");
        }
    }

    @Test
    void refusesARepositorysHistory() throws IOException {
        Files.createDirectories(site.resolve(".git"));
        assertRefused(".git would publish the whole history");
    }
}
