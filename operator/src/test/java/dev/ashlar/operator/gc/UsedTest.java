package dev.ashlar.operator.gc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class UsedTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    @Test
    void aDigestIsInUseWhereverItStands() {
        assertThat(Used.in("{\"imageID\":\"localhost:5000/a@sha256:%s\",\"x\":1}".formatted(HEX)))
                .containsExactly("sha256:" + HEX);
        assertThat(Used.in("  sha256: " + HEX + "\n")).containsExactly("sha256:" + HEX);
    }

    @Test
    void everyImageOfARevisionThatCanBeGoneBackToIsInUse() throws IOException {
        assertThat(Used.in(Files.readString(Path.of("src/test/resources/history/site/out-controllerrevision.yaml"))))
                .containsExactly("sha256:" + HEX);
    }

    @Test
    void whatIsLongerOrShorterIsNoDigest() {
        assertThat(Used.in(HEX + "0")).isEmpty();
        assertThat(Used.in(HEX.substring(1))).isEmpty();
    }
}
