package dev.ashlar.operator.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.ashlar.crds.Content;
import dev.ashlar.crds.Site;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.terminal.Cli;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ClusterExtension.class)
class PublishIT {
    private final String namespace;
    private final KubernetesClient client;
    private final Path work;
    private final Path pages;
    private final Cli ashlar;

    PublishIT(@TestNamespace String namespace, KubernetesClient client, @TempDir Path work) {
        this.namespace = namespace;
        this.client = client;
        this.work = work;
        this.pages = work.resolve("pages");
        this.ashlar = new Cli(work);
    }

    @BeforeEach
    void aFolder() throws IOException {
        Files.createDirectory(pages);
        Files.writeString(pages.resolve("index.html"), "<title>First</title>");
    }

    @Test
    void aFolderBecomesAPageAndASecondTimeNothing() throws Exception {
        Cli.Result first = publish("first");
        assertThat(first.err()).contains("image first", "ready");
        assertThat(first.out()).isEqualTo("http://first.%s.localhost:8080/   First\n".formatted(namespace));
        assertThat(first.code()).isZero();

        String written = Files.readString(work.resolve("first.yaml"));
        Cli.Result second = publish("first");
        assertThat(second.out()).startsWith("nothing changed, still sha256:");
        assertThat(second.code()).isZero();
        assertThat(work.resolve("first.yaml")).hasContent(written);
    }

    @Test
    void aSecondVersionOfTheSameSizeIsNotTakenForTheFirst() throws Exception {
        assertThat(publish("versions").code()).isZero();
        HttpResponse<String> first = get("versions", HttpRequest.newBuilder());
        Files.writeString(pages.resolve("index.html"), "<title>Later</title>");
        assertThat(publish("versions").code()).isZero();

        HttpRequest.Builder revalidation = HttpRequest.newBuilder();
        first.headers().firstValue("ETag").ifPresent(tag -> revalidation.header("If-None-Match", tag));
        String time = first.headers()
                .firstValue("Last-Modified")
                .or(() -> first.headers().firstValue("Date"))
                .orElseThrow();
        revalidation.header("If-Modified-Since", time);
        // The pod of the first version may answer until the node's proxy has seen it go; a 304 would end this at once.
        HttpResponse<String> second = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> get("versions", revalidation),
                        answer -> !answer.body().equals(first.body()));
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo("<title>Later</title>").hasSameSizeAs(first.body());
    }

    @Test
    void theUsersFileKeepsWhatTheUserWrote() throws Exception {
        assertThat(publish("kept").code()).isZero();
        Path file = work.resolve("kept.yaml");
        String mine = Files.readString(file).replace("  content:\n", "  # two of them\n  content:\n    replicas: 2\n");
        Files.writeString(file, mine);
        Files.writeString(pages.resolve("index.html"), "<title>Other</title>");
        assertThat(publish("kept").code()).isZero();
        assertThat(Files.readString(file).replaceFirst("sha256:.*", ""))
                .isEqualTo(mine.replaceFirst("sha256:.*", ""))
                .contains("# two of them");
        assertThat(site("kept").getSpec().content())
                .extracting(Content::replicas)
                .isEqualTo(2);
    }

    @Test
    void itsDigestIsFoundByNameAndWhatIsNotThereIsNamed() throws Exception {
        assertThat(publish("found").code()).isZero();
        assertThat(site("found").getSpec().content())
                .extracting(Content::image)
                .isEqualTo(ashlar.run("image", "digest", "found").out().strip());

        Cli.Result absent = ashlar.run("image", "digest", "never/published:v1");
        assertThat(absent.err()).contains("never/published: it is not there; push it again, or correct the name");
        assertThat(absent.code()).isEqualTo(1);
    }

    @Test
    void whatCannotBePublishedIsNamedAndChangesNothing() throws Exception {
        Files.createSymbolicLink(pages.resolve("secret"), Path.of("/etc/hostname"));
        Cli.Result leaving = publish("bad");
        assertThat(leaving.err()).contains("pages/secret is a link to /etc/hostname");
        assertThat(leaving.code()).isEqualTo(1);

        Files.delete(pages.resolve("secret"));
        Files.delete(pages.resolve("index.html"));
        Cli.Result empty = publish("bad");
        assertThat(empty.err()).contains("holds no file");
        assertThat(empty.code()).isEqualTo(1);
        assertThat(work.resolve("bad.yaml")).doesNotExist();
        assertThat(client.resources(Site.class)
                        .inNamespace(namespace)
                        .withName("bad")
                        .get())
                .isNull();
    }

    @Test
    void anUnreadableFileIsNamed() throws Exception {
        assumeFalse(System.getProperty("user.name").equals("root"), "root reads everything");
        Files.setPosixFilePermissions(pages.resolve("index.html"), PosixFilePermissions.fromString("---------"));
        Cli.Result refused = publish("unreadable");
        assertThat(refused.err()).contains("index.html may not be read");
        assertThat(refused.code()).isEqualTo(1);
    }

    @Test
    void theApiServersVerdictIsTheMessage() throws Exception {
        Cli.Result refused =
                ashlar.run("publish", "pages", "--site", "bad", "-n", namespace, "--domain", "Not a domain");
        assertThat(refused.err()).contains("\"Not a domain\" is not a domain: write it in lower case");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(work.resolve("bad.yaml")).doesNotExist();
    }

    @Test
    void aFolderWithPhpBecomesTwoImagesAndItsPageIsRun() throws Exception {
        Files.writeString(pages.resolve("index.php"), "<title><?php echo strtoupper('made'); ?></title>");
        Cli.Result made = publish("made");
        assertThat(made.err()).contains("image made", "image made/php");
        assertThat(made.out()).isEqualTo("http://made.%s.localhost:8080/   MADE\n".formatted(namespace));
        assertThat(Files.readString(work.resolve("made.yaml"))).contains("php: {image: made/php@sha256:");

        Files.delete(pages.resolve("index.php"));
        Cli.Result without = publish("made");
        assertThat(without.err()).contains("made.yaml has spec.content.php, and the folder has no *.php file");
        assertThat(without.code()).isEqualTo(1);
    }

    private Cli.Result publish(String site) throws IOException, InterruptedException {
        return ashlar.run("publish", "pages", "--site", site, "-n", namespace);
    }

    private Site site(String name) {
        return client.resources(Site.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    private HttpResponse<String> get(String site, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        var gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);
        try (HttpClient http =
                HttpClient.newBuilder().proxy(ProxySelector.of(gateway)).build()) {
            URI url = URI.create("http://%s.%s.localhost:8080/".formatted(site, namespace));
            return http.send(request.uri(url).build(), BodyHandlers.ofString());
        }
    }
}
