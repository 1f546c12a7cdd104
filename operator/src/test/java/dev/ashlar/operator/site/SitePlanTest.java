package dev.ashlar.operator.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Site;
import dev.ashlar.operator.kube.Golden;
import java.io.IOException;
import java.nio.file.Path;
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
}
