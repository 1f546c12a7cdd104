package dev.ashlar.operator.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Site;
import dev.ashlar.crds.SiteSpec;
import dev.ashlar.operator.history.Asked;
import dev.ashlar.operator.kube.Golden;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a revision of a Site is, and what of it can be as it was. */
class SiteRevisionsTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    private final SiteRevisions revisions = new SiteRevisions();

    @Test
    void namesTheDigestAndTheFilesOfEachService() {
        var asked = asked(Golden.in(Path.of("src/test/resources/history/site"), Site.class));
        assertThat(asked.digests()).containsOnlyKeys("content", "api", "cache").containsValue(DIGEST);
        assertThat(asked.files()).hasSize(2).allMatch(name -> name.matches("shop-(content|api)-[0-9a-f]{10}"));
    }

    @Test
    void whatOnlySteersASiteIsNoneOfItsRevision() {
        Site plain = site("domains: [{name: a.example.org}]");
        Site steered = site("domains: [{name: a.example.org}], rollbackTo: 3, onFailure: rollback");
        assertThat(asked(steered).hash()).isEqualTo(asked(plain).hash());
        assertThat(asked(steered).wish().rollbackTo()).isEqualTo(3);
        assertThat(asked(steered).wish().whole()).isTrue();
    }

    private static Asked<SiteSpec> asked(Site site) {
        return SiteRevisions.asked(SitePlan.of(site));
    }

    @Test
    void goesBackWhereItWasThereAndAnotherOneAndDoesNotEndByItself() {
        SiteSpec good = spec("content: {image: a}, services: [{name: api, image: a}, {name: job, image: a, once: {}}]");
        SiteSpec failed = spec(
                "content: {image: a}, services: [{name: api, image: b}, {name: job, image: b, once: {}}, {name: new, image: b}]");
        assertThat(revisions.goBack(failed, good, List.of("api", "content", "job", "new")))
                .containsExactly("api");
        assertThat(revisions.goBack(good, good, List.of("api"))).isEmpty();
        assertThat(revisions.goBack(spec("content: {image: b}"), good, List.of("content")))
                .containsExactly("content");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            content: {image: a, php: {image: a}} | content: {image: a, php: {image: b}} | php
            content: {image: a, php: {image: a}} | content: {image: b, php: {image: a}} | content
            content: {image: a, php: {image: a}} | content: {image: a, php: {image: a}}, env: [{name: A, value: b}] | php
            content: {image: a} | content: {image: a, php: {image: b}} | php
            content: {image: a, php: {image: a}} | content: {image: b} | content
            """)
    void theContentAndItsPhpGoBackTogether(String good, String failed, String service) {
        assertThat(revisions.goBack(spec(failed), spec(good), List.of(service))).containsExactly("content", "php");
    }

    @Test
    void phpDoesNotGoBackToNoneAndNotWhereNothingChanged() {
        SiteSpec php = spec("content: {image: a, php: {image: a}}");
        assertThat(revisions.goBack(php, php, List.of("php"))).isEmpty();
        assertThat(revisions.goBack(php, spec("routes: [{path: /, respond: 200}]"), List.of("php")))
                .isEmpty();
    }

    @Test
    void countsImagesAndSeesSecretsOfAllServices() {
        SiteSpec spec = spec(
                "content: {image: a}, services: [{name: api, image: b, env: [{name: T, secret: {name: s, key: k}}]}]");
        assertThat(revisions.images(spec)).containsExactlyInAnyOrder("a", "b");
        assertThat(revisions.images(spec("content: {image: a, php: {image: p}}")))
                .containsExactlyInAnyOrder("a", "p");
        assertThat(revisions.usesSecrets(spec)).isTrue();
        assertThat(revisions.usesSecrets(spec("content: {image: a}"))).isFalse();
    }

    private static SiteSpec spec(String spec) {
        return site(spec).getSpec();
    }

    private static Site site(String spec) {
        return new KubernetesSerialization()
                .unmarshal(
                        "apiVersion: ashlar.dev/v1alpha1\nkind: Site\nmetadata: {name: shop, namespace: demo, uid: u}\nspec: {%s}\n"
                                .formatted(spec),
                        Site.class);
    }
}
