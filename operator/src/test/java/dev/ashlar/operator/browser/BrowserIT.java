package dev.ashlar.operator.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Site;
import dev.ashlar.operator.cluster.ClusterExtension;
import dev.ashlar.operator.cluster.TestImages;
import dev.ashlar.operator.cluster.TestNamespace;
import dev.ashlar.operator.outage.TestSite;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a visitor of {@code localhost} sees. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserIT {
    private static final String SITE = """
            apiVersion: ashlar.dev/v1alpha1
            kind: Site
            metadata: {name: book}
            spec:
              domains: [{name: book.localhost}, {name: old-book.localhost}]
              content: {image: "%s", notFound: /scope.html, browse: [/_sources]}
              routes:
              - path: /moved
                redirect: {to: "http://old-book.localhost:8080/tools.html", code: 302}
            """;

    private final KubernetesClient client;

    @TempDir
    private Path home = Path.of("");

    BrowserIT(KubernetesClient client, @TestNamespace String namespace) throws IOException {
        this.client = client;
        Site site = new KubernetesSerialization()
                .unmarshal(SITE.formatted(TestImages.push(client, "developers-reference")), Site.class);
        client.resource(site).inNamespace(namespace).serverSideApply();
        new TestSite(client, namespace, "book").awaitReady(Duration.ofMinutes(2));
    }

    @Test
    void showsAPageWithItsStylesAndScripts() throws Exception {
        try (Browser browser = Browser.start(home)) {
            browser.open("http://book.localhost:8080/");
            assertThat(browser.title()).startsWith("Debian Developer");
            assertThat(browser.evaluate("document.styleSheets.length > 0 && typeof jQuery"))
                    .isEqualTo("function");
        }
    }

    @Test
    void followsRedirectsToTheCanonicalDomain() throws Exception {
        try (Browser browser = Browser.start(home)) {
            browser.open("http://old-book.localhost:8080/moved?from=mail");
            assertThat(browser.url()).isEqualTo("http://book.localhost:8080/tools.html");
            assertThat(browser.title()).startsWith("1. Overview of Debian Maintainer Tools");
        }
    }

    @Test
    void listsAFolderWithLinksThatLeadToItsFiles() throws Exception {
        try (Browser browser = Browser.start(home)) {
            browser.open("http://book.localhost:8080/_sources/");
            assertThat(browser.title()).isEqualTo("/_sources/");
            browser.follow("index.rst.txt");
            assertThat(browser.url()).isEqualTo("http://book.localhost:8080/_sources/index.rst.txt");
        }
    }

    @Test
    void showsTheSitesOwnPageForWhatIsNotThere() throws Exception {
        try (Browser browser = Browser.start(home)) {
            browser.open("http://book.localhost:8080/none/at/all");
            assertThat(browser.title()).startsWith("1. Scope of This Document");
        }
    }

    @Test
    void isEncryptedForThoseWhoTrustTheClustersCa() throws Exception {
        Browser.trust(home, ca());
        try (Browser browser = Browser.start(home)) {
            browser.open("https://book.localhost:8443/");
            assertThat(browser.title()).startsWith("Debian Developer");
            assertThat(browser.evaluate("window.isSecureContext + performance.getEntries()[0].nextHopProtocol"))
                    .isEqualTo("trueh2");
        }
    }

    @Test
    void warnsThoseWhoDoNot() throws Exception {
        try (Browser browser = Browser.start(home)) {
            browser.open("https://book.localhost:8443/");
            assertThat(browser.title()).isEqualTo("Privacy error");
            assertThat(browser.evaluate("document.body.innerText")).contains("ERR_CERT_AUTHORITY_INVALID");
        }
    }

    private String ca() {
        var told = client.configMaps()
                .inNamespace("ashlar-system")
                .withName("gateway")
                .require();
        return Objects.requireNonNull(told.getData().get("ca.crt"));
    }
}
