package dev.ashlar.images.website;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.images.host.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebsiteTest {
    private static final String TEXT = "<p>again and again</p>\n".repeat(100);

    @TempDir
    private Path folder = Path.of("");

    private Path files = folder;
    private Path extras = folder;

    @BeforeEach
    void makeFolders() throws IOException {
        files = Files.createDirectories(folder.resolve("files"));
        extras = folder.resolve("extras");
    }

    @Test
    void listsEachFileWithItsSizeAndHashInTheOrderOfTheirBytes() throws IOException {
        write("b/c.html", "<p>c</p>");
        write("b-a.html", "<p>a</p>");
        write("b.html", "");
        assertThat(index())
                .containsExactly(
                        "/content/b-a.html\t8\t%s\t".formatted(tag("b-a.html")),
                        "/content/b.html\t0\t%s\t".formatted(tag("b.html")),
                        "/content/b/c.html\t8\t%s\t".formatted(tag("b/c.html")));
    }

    @Test
    void packsWhatShrinksAndNothingElse() throws IOException {
        write("page.html", TEXT);
        write("short.html", "<p>short</p>");
        write("picture.png", TEXT);
        byte[] noise = new byte[4096];
        new Random(1).nextBytes(noise);
        Files.write(files.resolve("noise.json"), noise);
        assertThat(index()).allSatisfy(line -> assertThat(line.endsWith("\t")).isEqualTo(!line.contains("page.html")));
        Path packed = extras.resolve("content/page.html.gz");
        try (var unpacked = new GZIPInputStream(Files.newInputStream(packed))) {
            assertThat(unpacked.readAllBytes()).asString().isEqualTo(TEXT);
        }
        assertThat(index())
                .contains("/content/page.html\t%d\t%s\t%s"
                        .formatted(
                                TEXT.length(),
                                tag("page.html"),
                                Sha256.of(packed).substring(0, 32)));
    }

    @Test
    void packsIntoTheSameBytesOnEveryMachine() throws IOException {
        write("page.html", TEXT);
        index();
        assertThat(Sha256.of(extras.resolve("content/page.html.gz")))
                .isEqualTo("6f62d0f77e76b7ab83b9ec76a32d03d75f0877469fd6d60716adf58383a0b509");
    }

    @Test
    void leavesAFileThatWasPackedAlreadyAsItIs() throws IOException {
        write("page.html", TEXT);
        write("page.html.gz", "packed by somebody else");
        assertThat(index())
                .containsExactly(
                        "/content/page.html\t%d\t%s\t%s"
                                .formatted(TEXT.length(), tag("page.html"), tag("page.html.gz")),
                        "/content/page.html.gz\t23\t%s\t".formatted(tag("page.html.gz")));
        assertThat(extras.resolve("content")).doesNotExist();
    }

    @Test
    void takesALinkForWhatItLeadsToAndNoneThatLeavesTheImage() throws IOException {
        write("page.html", TEXT);
        Files.createSymbolicLink(files.resolve("link.html"), Path.of("page.html"));
        Files.createSymbolicLink(files.resolve("passwd"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(files.resolve("nowhere"), Path.of("none"));
        assertThat(index())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("/content/link.html\t%d\t%s\t".formatted(TEXT.length(), tag("page.html"))));
    }

    @Test
    void leavesOutANameThatWouldBeTwoLines() throws IOException {
        write("two\nlines.html", "<p></p>");
        write("tab\t.html", "<p></p>");
        assertThat(index()).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Path file = files.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private List<String> index() throws IOException {
        new Website(files, files).writeExtras(extras);
        return Files.readAllLines(extras.resolve("etc/nginx/content.index"));
    }

    private String tag(String name) throws IOException {
        return Sha256.of(files.resolve(name)).substring(0, 32);
    }
}
