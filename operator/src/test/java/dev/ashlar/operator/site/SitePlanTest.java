package dev.ashlar.operator.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Site;
import dev.ashlar.operator.kube.Golden;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which Services a Site consists of. */
class SitePlanTest {
    static Stream<Path> cases() {
        return Golden.cases("site");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void makesTheServicesOfTheCase(Path folder) throws IOException {
        Golden.matches(folder, SitePlan.of(Golden.in(folder, Site.class)).services());
    }

    @Test
    void namesTheReferenceThatMeansNothing() {
        Site site = Golden.in(Path.of("src/test/resources/site/unknown-reference"), Site.class);

        assertThat(SitePlan.of(site).unknown()).containsExactly("$(service:cache.host)", "$(service:worker.port)");
    }

    @Test
    void aMixedPlanHasThePhpBeforeTheContentOrNotAtAll() {
        SitePlan plain = plan("content: {image: a@b}, services: [{name: api, image: a@b}]");
        SitePlan php = plan("content: {image: a@b, php: {image: a@b}}, services: [{name: api, image: a@b}]");

        assertThat(plain.with(php, Set.of("content", "php")).services().keySet())
                .containsExactly("php", "content", "api");
        assertThat(php.with(plain, Set.of("content", "php")).services().keySet())
                .containsExactly("content", "api");
        assertThat(php.with(plain, Set.of("api")).services().keySet()).containsExactly("php", "content", "api");
    }

    private static SitePlan plan(String spec) {
        return SitePlan.of(new KubernetesSerialization()
                .unmarshal(
                        "apiVersion: ashlar.dev/v1alpha1\nkind: Site\nmetadata: {name: shop, namespace: demo, uid: u}\nspec: {%s}\n"
                                .formatted(spec),
                        Site.class));
    }
}
