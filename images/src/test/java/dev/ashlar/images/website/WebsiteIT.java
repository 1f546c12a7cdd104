package dev.ashlar.images.website;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.images.BuiltImage;
import dev.ashlar.images.Checkout;
import dev.ashlar.images.Images;
import dev.ashlar.images.bench.ImageFile;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Sha256;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image's own nginx, as a process here, with the index of a folder of odd names. */
class WebsiteIT {
    private static final String CONFIG = """
            daemon off;
            user %1$s;
            pid %2$s/pid;
            error_log stderr;
            events {}
            http {
              access_log off;
              etag off;
              if_modified_since off;
              gzip_static on;
              site_index %2$s/extras/etc/nginx/content.index;
              site_listing on;
              client_body_temp_path %2$s/body;
              proxy_temp_path %2$s/proxy;
              fastcgi_temp_path %2$s/fastcgi;
              server { listen 127.0.0.1:%3$d; root %2$s/content; location /closed/ { site_listing off; } }
            }
            """;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path folder = Path.of("");

    private static int port;
    private static @Nullable Process nginx;

    @BeforeAll
    static void start() throws Exception {
        write("index.html", "<p>page</p>");
        write("files/a&<b>\".txt", "a");
        write("files/javascript:alert(1)", "b");
        write("files/.hidden", "c");
        write("files/ü ber%2e.txt", "d");
        write("files/large.txt", "e".repeat(1_600_000));
        write("files/sub/x.txt", "f");
        write("files/sub/y.txt", "g");
        write("files/sub-a.txt", "h");
        write("closed/x.txt", "i");
        for (int i = 0; i < 5010; i++) {
            write("many/%04d.txt".formatted(i), "");
        }
        Path extras = folder.resolve("extras");
        new Website(folder.resolve("content"), folder.resolve("content")).writeExtras(extras);
        Folders.copy(extras.resolve("content"), folder.resolve("content"), file -> true);
        Path index = extras.resolve("etc/nginx/content.index");
        Files.writeString(index, Files.readString(index).replaceAll("(?m)^/content/", folder + "/content/"));
        BuiltImage image = Images.open(Checkout.find()).image("nginx");
        Path program = ImageFile.extract(image, "nginx", folder.resolve("nginx"));
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path config = Files.writeString(
                folder.resolve("nginx.conf"), CONFIG.formatted(System.getProperty("user.name"), folder, port));
        nginx = new ProcessBuilder(program.toString(), "-e", "stderr", "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        for (int i = 0; i < 200 && !Files.exists(folder.resolve("pid")); i++) { // which is there once it listens
            Thread.sleep(50);
        }
        assertThat(folder.resolve("pid"))
                .as(() -> "nginx did not start: " + log())
                .exists();
    }

    private static String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException none) {
            return none.toString();
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (nginx != null) {
            nginx.destroy();
            nginx.waitFor();
        }
    }

    @Test
    void tellsFilesApartByTheHashOfTheirContent() throws Exception {
        HttpResponse<String> page = get("/");
        String tag = page.headers().firstValue("ETag").orElseThrow();
        assertThat(tag).isEqualTo(tag("index.html"));
        assertThat(get("/", "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(get("/", "If-None-Match", "\"other\", " + tag).statusCode()).isEqualTo(304);
        assertThat(get("/", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
        assertThat(get("/", "Range", "bytes=0-2", "If-Range", tag).body()).isEqualTo("<p>");
        assertThat(get("/", "Range", "bytes=0-2", "If-Range", "\"other\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void givesAPackedFileATagOfItsOwn() throws Exception {
        String plain = get("/files/large.txt").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> packed = get("/files/large.txt", "Accept-Encoding", "gzip");
        assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(packed.headers().firstValue("ETag"))
                .hasValue(tag("files/large.txt.gz"))
                .isNotEqualTo(Optional.of(plain));
    }

    @Test
    void listsAFolderWithoutLettingANameBecomeMarkup() throws Exception {
        String rows = get("/files/").body();
        assertThat(rows.substring(rows.indexOf("<tr>"))).isEqualTo("""
                <tr><td><a href="../">../</a>
                <tr><td><a href="a%26%3Cb%3E%22.txt">a&amp;&lt;b&gt;&quot;.txt</a><td>1 B
                <tr><td><a href="javascript%3Aalert%281%29">javascript:alert(1)</a><td>1 B
                <tr><td><a href="large.txt">large.txt</a><td>1.5 MiB
                <tr><td><a href="sub-a.txt">sub-a.txt</a><td>1 B
                <tr><td><a href="sub/">sub/</a><td>
                <tr><td><a href="%C3%BC%20ber%252e.txt">ü ber%2e.txt</a><td>1 B
                </table>
                """);
        assertThat(get("/files/%C3%BC%20ber%252e.txt").body()).isEqualTo("d");
    }

    @Test
    void listsNoMoreThanAPageCanShow() throws Exception {
        String rows = get("/many/").body();
        assertThat(rows).contains("0000.txt", "4999.txt", "and more").doesNotContain("5000.txt");
    }

    @Test
    void listsNothingElse() throws Exception {
        assertThat(get("/").body()).isEqualTo("<p>page</p>");
        assertThat(get("/closed/").statusCode()).isEqualTo(403);
        assertThat(get("/none/").statusCode()).isEqualTo(404);
        assertThat(get("/files/sub").headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/files/sub/"));
    }

    private static String tag(String name) throws IOException {
        return '"' + Sha256.of(folder.resolve("content").resolve(name)).substring(0, 32) + '"';
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static void write(String name, String text) throws IOException {
        Path file = folder.resolve("content").resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }
}
