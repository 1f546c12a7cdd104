package dev.ashlar.operator.route.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Route;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectFilterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/find?q={query}",
                "https://new.example.org{path}",
                "https://new.example.org/page#part",
                "https://new.example.org/{uri}",
                "https://new.example.org{uri}/more",
                "https://new..example.org",
                "https://new.example.org:99999"
            })
    void saysNothingOtherThanWhatIsAskedFor(String to) {
        assertThat(RedirectFilter.of("/old", new Route.Redirect(to, null))).isEmpty();
    }
}
