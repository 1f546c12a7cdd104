package dev.ashlar.operator.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.operator.validation.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A short overlay changes what it names and nothing else, through the real kustomize; {@code base/out.yaml} is what it starts from. */
class SiteOverlayIT {
    private static final Path CASES = Path.of("src/test/resources/overlay");

    static Stream<Path> cases() throws IOException {
        return Files.list(CASES).sorted();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void kustomizeGivesWhatIsExpected(Path overlay) throws Exception {
        assertThat(Kubectl.find().run("", List.of("kustomize", overlay.toString())))
                .isEqualTo(Files.readString(overlay.resolve("out.yaml")));
    }

    @Test
    void aPatchOfThreeLinesAddsOneLine() throws Exception {
        var before = Files.readAllLines(CASES.resolve("base/out.yaml"));
        var after = Files.readAllLines(CASES.resolve("replicas/out.yaml"));
        assertThat(after).hasSize(before.size() + 1).containsSubsequence(before).contains("    replicas: 3");
    }

    @Test
    void aDigestOfAnImageChangesThatImageOnly() throws Exception {
        var before = Files.readString(CASES.resolve("base/out.yaml"));
        var search = "shop/search@sha256:";
        assertThat(Files.readString(CASES.resolve("digest/out.yaml")))
                .isEqualTo(
                        before.replace(search + "0123456789abcdef".repeat(4), search + "fedcba9876543210".repeat(4)));
    }
}
