package dev.ashlar.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.crds.Service;
import dev.ashlar.crds.Site;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverviewTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

    private static final Entry READY = Entry.of(Serialization.unmarshal("""
                    metadata: {name: git-doc, namespace: demo, generation: 2, creationTimestamp: "2026-01-01T00:00:00Z"}
                    spec: {content: {image: "git-doc@sha256:0123456789abcdef0123"}}
                    status:
                      observedGeneration: 2
                      url: http://git-doc.demo.localhost:8080
                      conditions: [{type: Ready, status: "True", reason: Ready, message: answers, lastTransitionTime: "2026-01-01T00:00:00Z"}]
                    """, Site.class));

    private static final Entry NEW = Entry.of(Serialization.unmarshal("""
                    metadata: {name: front, namespace: ashlar-system, generation: 1, creationTimestamp: "2026-01-01T00:09:01Z"}
                    spec: {image: "nginx@sha256:fedcba9876543210"}
                    """, Service.class));

    @Test
    void alignsTheColumns() {
        assertThat(new Overview(List.of(NEW, READY)).render(NOW, false)).isEqualTo("""
                        NAMESPACE       KIND      NAME      READY     URL                                  DIGEST                AGE   MESSAGE
                        ashlar-system   Service   front     Unknown   -                                    sha256:fedcba987654   59s   asked for
                        demo            Site      git-doc   True      http://git-doc.demo.localhost:8080   sha256:0123456789ab   10m   answers
                        """);
    }

    @Test
    void coloursOnlyForAPerson() {
        String coloured = new Overview(List.of(NEW, READY)).render(NOW, true);
        assertThat(coloured).contains("\u001b[32mTrue\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9]+m", ""))
                .isEqualTo(new Overview(List.of(NEW, READY)).render(NOW, false));
    }

    @Test
    void saysWhatToDoWhenThereIsNothing() {
        assertThat(new Overview(List.of()).render(NOW, false)).contains("ashlar publish");
    }

    @Test
    void writesAgesInTheirLargestUnit() {
        assertThat(List.of(
                        Table.age(Duration.ofSeconds(-1)),
                        Table.age(Duration.ofSeconds(119)),
                        Table.age(Duration.ofMinutes(119)),
                        Table.age(Duration.ofHours(47)),
                        Table.age(Duration.ofDays(9))))
                .containsExactly("0s", "119s", "119m", "47h", "9d");
    }
}
