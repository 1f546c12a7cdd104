package dev.ashlar.operator.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.crds.Service;
import dev.ashlar.crds.Site;
import dev.ashlar.images.Checkout;
import dev.ashlar.images.ContentImage;
import dev.ashlar.images.Images;
import dev.ashlar.images.host.Folders;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestImages;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.cluster.TestTrust;
import dev.ashlar.operator.outage.TestSite;
import dev.ashlar.operator.service.Load;
import dev.ashlar.operator.site.Sites;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sites with PHP behind the real gateway: one with plain pages, one with an application that takes uploads, a busy one that changes. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PhpSiteIT {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Duration ROLLOUT = Duration.ofSeconds(180);
    private static final int REQUESTS_PER_SECOND = 50;
    private static final String PAGES = "pages.localhost";
    private static final String BUSY = "busy.localhost";
    private static final String FORMS = "forms.localhost";

    private final KubernetesClient client;
    private final String namespace;
    private final TestGateway gateway;
    private final Path work;
    private String first = "";

    PhpSiteIT(KubernetesClient client, @TestNamespace String namespace, @TempDir Path work) {
        this.client = client;
        this.namespace = namespace;
        this.work = work;
        this.gateway = TestGateway.of(client);
    }

    @BeforeAll
    void bringTheSitesUp() throws IOException {
        first = content(1);
        apply("pages", "content: {browse: [/files], immutable: [{path: /static}], %s}}\n".formatted(first));
        apply("forms", """
                env: [{name: GREETING, value: hello}]
                volumes: [{name: pictures, size: 64Mi, delete: true}]
                content: {fallback: /index.php, %s, uploads: [{path: /uploads, volume: pictures}]}}
                """.formatted(first));
        site("pages").awaitReady(ROLLOUT);
        site("forms").awaitReady(ROLLOUT);
    }

    @ParameterizedTest
    @CsvSource({
        "/, 200, ran index",
        "/index.php, 200, ran index",
        "/files/, 200, ran the list",
        "/files/sub/, 200, a.txt",
        "/static/page.php, 200, ran static",
        "/picture.jpg, 200, no picture",
        "/.well-known/a.txt, 200, well known",
        "/index.php/extra, 404, ''",
        "/index.php/extra.php, 404, ''",
        "/picture.jpg/x.php, 404, ''",
        "/picture.jpg/.php, 404, ''",
        "/INDEX.PHP, 404, ''",
        "/none.php, 404, ''",
        "/.env, 404, ''",
        "/.secret/page.php, 404, ''",
        "/static/../.secret/page.php, 404, ''"
    })
    void runsTheFilesOfPhpAndNothingElse(String path, int status, String said) throws IOException {
        var answer = ask(PAGES, path);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains(said).doesNotContain("ran a ", "SECRET");
        if (!path.equals("/picture.jpg")) {
            assertThat(answer.body()).doesNotContain("<?php");
        }
    }

    @Test
    void whatAPageSaysOfItsFreshnessStandsAlone() throws IOException {
        assertThat(ask(PAGES, "/static/page.php").headers()).containsEntry("Cache-Control", "no-store");
        assertThat(ask(PAGES, "/").headers()).doesNotContainKeys("Cache-Control", "ETag");
    }

    @Test
    void aFormReachesTheApplicationAtItsPrettyUrl() throws IOException {
        var form = Map.of("Content-Type", "application/x-www-form-urlencoded");
        var answer = new RawRequest("POST", FORMS, "/a/pretty/url?x=1", form, "word=stone", 0).ask(gateway.plain());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("ran index: POST /a/pretty/url?x=1 said=stone", "greeting=hello");
        assertThat(ask(FORMS, "/files/sub/").body()).contains("ran index: GET /files/sub/");
        assertThat(ask(FORMS, "/files/sub/a.txt").body()).contains("plain");
    }

    @Test
    void anUploadIsServedAsItIsAndNeverRun() throws IOException {
        for (String name : new String[] {"cat.txt", "evil.php", ".htaccess"}) {
            var upload = new RawRequest("POST", FORMS, "/upload.php?name=" + name, null, "<?php echo 1+1;", 0);
            assertThat(upload.ask(gateway.plain()).body()).contains("stored");
        }
        var cat = ask(FORMS, "/uploads/cat.txt");
        assertThat(cat.status()).isEqualTo(200);
        assertThat(cat.body()).contains("<?php echo 1+1;");
        String tag = Objects.requireNonNull(cat.headers().get("ETag"));
        assertThat(cat.headers()).containsKey("Last-Modified").containsEntry("Cache-Control", "no-cache");
        var again = new RawRequest(null, FORMS, "/uploads/cat.txt", Map.of("If-None-Match", tag), null, 0);
        assertThat(again.ask(gateway.plain()).status()).isEqualTo(304);
        for (String path : new String[] {"/uploads/evil.php", "/uploads/.htaccess", "/uploads/cat.txt/x.php"}) {
            var answer = ask(FORMS, path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.body()).as(path).doesNotContain("1+1", "stored", "ran ");
        }
        var large = Map.of("Content-Length", Integer.toString(33 << 20));
        assertThat(new RawRequest("POST", FORMS, "/upload.php?name=big", large, null, 0)
                        .ask(gateway.plain())
                        .status())
                .isEqualTo(413);
    }

    @Test
    void aPageKnowsWhereItsVisitorIsAndByWhichScheme() throws Exception {
        var lie = Map.of("X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "https");
        var plain = new RawRequest(null, PAGES, "/", lie, null, 0)
                .ask(gateway.plain())
                .body();
        assertThat(plain).contains("https= port=80 ").doesNotContain("203.0.113.9");
        gateway.pods()
                .list()
                .getItems()
                .forEach(pod -> assertThat(plain)
                        .doesNotContain("from=" + pod.getStatus().getPodIP() + " "));
        var encrypted =
                new RawRequest(null, PAGES, "/", null, null, 0).ask(gateway.encrypted(), TestTrust.only(gateway.ca()));
        assertThat(encrypted.body()).contains("https=on port=443 ");
    }

    @Test
    void aRolloutLosesNoRequestAndFollowsItsPhpWhichMayGo() throws IOException {
        apply("busy", busy(first));
        site("busy").awaitReady(ROLLOUT);
        Load.Result result;
        try (Load load = Load.of(BUSY, gateway.plain(), REQUESTS_PER_SECOND)) {
            for (int version = 2; version <= 3; version++) {
                apply("busy", busy(content(version)));
                site("busy").awaitReady(ROLLOUT);
                assertThat(ask(BUSY, "/").body()).contains("version=" + version);
            }
            result = load.stop();
        }
        assertThat(result.failures()).isEmpty();
        assertThat(result.answers()).isGreaterThan(REQUESTS_PER_SECOND * 5);

        String before = image("busy-content");
        apply("busy", busy(content(4)).replaceFirst("php: \\{image: [^,}]*", "php: {image: " + Sites.NOWHERE));
        await().atMost(ROLLOUT).until(() -> image("busy-php").equals(Sites.NOWHERE));
        assertThat(image("busy-content")).isEqualTo(before);
        await().atMost(ROLLOUT)
                .untilAsserted(() -> assertThat(site("busy").ready())
                        .hasValueSatisfying(ready -> assertThat(ready.reason()).isEqualTo("RevisionFailed")));
        await().atMost(ROLLOUT).until(() -> !image("busy-php").equals(Sites.NOWHERE));
        assertThat(image("busy-content")).isEqualTo(before);
        assertThat(ask(BUSY, "/").body()).contains("version=3");

        try (Load load = Load.of(BUSY, gateway.plain(), REQUESTS_PER_SECOND)) {
            apply("busy", "content: {replicas: 2, %s}\n".formatted(first.replaceFirst(", php: .*", "")));
            await().atMost(ROLLOUT).until(() -> service("busy-php").get() == null);
            site("busy").awaitReady(ROLLOUT);
            assertThat(load.stop().failures()).isEmpty();
        }
    }

    private static String busy(String content) {
        return "content: {replicas: 2, %s, replicas: 2}}\n".formatted(content);
    }

    /** Both images of the pages, which name this version, as the beginning of a content that goes on with what its PHP has. */
    private String content(int version) throws IOException {
        Path pages = work.resolve("pages-" + version);
        Folders.copy(Path.of("src/test/resources/php"), pages, file -> true);
        Path index = pages.resolve("index.php");
        Files.writeString(index, Files.readString(index).replace("version=1", "version=" + version));
        Checkout checkout = Checkout.find();
        Images images = Images.open(checkout);
        var nginx = ContentImage.build(images.image("nginx"), pages, checkout.cache(), "it-pages");
        var php = ContentImage.buildRunning(images.image("php-fpm"), pages, checkout.cache(), "it-pages/php");
        return "image: %s, php: {image: %s".formatted(TestImages.push(client, nginx), TestImages.push(client, php));
    }

    private String image(String service) {
        return service(service).require().getSpec().image();
    }

    private Resource<Service> service(String name) {
        return client.resources(Service.class).inNamespace(namespace).withName(name);
    }

    private void apply(String name, String spec) {
        Site site = YAML.unmarshal(
                "apiVersion: ashlar.dev/v1alpha1\nkind: Site\nmetadata: {name: %1$s}\nspec:\n  domains: [{name: %1$s.localhost}]\n%2$s"
                        .formatted(name, spec.indent(2)),
                Site.class);
        client.resource(site).inNamespace(namespace).forceConflicts().serverSideApply();
    }

    private RawRequest.Answer ask(String host, String path) throws IOException {
        return new RawRequest(null, host, path, null, null, 0).ask(gateway.plain());
    }

    private TestSite site(String name) {
        return new TestSite(client, namespace, name);
    }
}
