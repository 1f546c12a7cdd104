package dev.ashlar.images.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.images.host.BuildException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "nginx,                         -,                  nginx,         latest",
                "shop/content:v1,               -,                  shop/content,  v1",
                "registry.example.org/a/b:1.2,  registry.example.org, a/b,         1.2",
                "localhost/a,                   localhost,          a,             latest",
                "host:5000/a__b--c,             host:5000,          a__b--c,       latest",
                "[::1]:5000/a,                  [::1]:5000,         a,             latest"
            })
    void aHostIsWhatHasADotOrAColonOrIsLocalhost(String text, String host, String repository, String version) {
        Reference reference = Reference.parse(text);
        assertThat(reference.host().orElse(null)).isEqualTo(host);
        assertThat(reference.repository()).isEqualTo(repository);
        assertThat(reference.version()).isEqualTo(version);
    }

    @Test
    void aDigestWinsOverATag() {
        Reference reference = Reference.parse("shop/api:v1@" + DIGEST);
        assertThat(reference.version()).isEqualTo(DIGEST);
        assertThat(reference).hasToString("shop/api:v1@" + DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Upper",
                "a//b",
                "/a",
                "a/",
                "../etc",
                "a/../b",
                "a b",
                "a@sha256:12",
                "a@sha512:0123",
                "a:",
                "a:-x",
                "user:secret@host.org/a",
                "https://host.org/a",
                "host.org:123456/a",
                "host.org:70000/a",
                "host.org/a?x=y",
                "a\nb",
                "a\u001b[31m",
                ".host.org/a"
            })
    void whatIsNoReferenceIsRefused(String text) {
        assertThatThrownBy(() -> Reference.parse(text))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("write [HOST/]NAME")
                .message()
                .matches("[ -~…]*");
    }

    @Test
    void aHugeNameIsRefusedShortly() {
        assertThatThrownBy(() -> Reference.parse("a".repeat(100_000))).message().hasSizeLessThan(250);
    }
}
