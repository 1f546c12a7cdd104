package dev.ashlar.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Site;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SiteDetailTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

    @Test
    void saysOnTopThatAnImageIsNotProvenThoughTheSiteIsReady() {
        assertThat(render("{type: Proven, status: \"False\", reason: NotProven, message: /bin/sh is a shell, %s}"))
                .contains("answers\n\nNot proven: /bin/sh is a shell\n");
        assertThat(render("{type: Proven, status: \"True\", reason: Proven, message: All images are proven., %s}"))
                .doesNotContain("Not proven");
        assertThat(render("{type: Proven, status: Unknown, reason: NotReached, message: Not yet., %s}"))
                .doesNotContain("Not proven");
    }

    private static String render(String proven) {
        String time = "lastTransitionTime: \"2026-01-01T00:00:00Z\"";
        Site site = Serialization.unmarshal("""
            metadata: {name: shop, namespace: demo, generation: 1, creationTimestamp: "2026-01-01T00:00:00Z"}
            spec: {content: {image: "shop@sha256:0123456789abcdef0123"}}
            status:
              observedGeneration: 1
              conditions: [{type: Ready, status: "True", reason: Ready, message: answers, %s}, %s]
            """.formatted(time, proven.formatted(time)), Site.class);
        return new SiteDetail(Entry.of(site), Entry.conditions(site.getStatus()), List.of(), List.of())
                .render(NOW, false);
    }
}
