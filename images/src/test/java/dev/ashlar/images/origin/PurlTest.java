package dev.ashlar.images.origin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PurlTest {
    @Test
    void encodesWhatAVersionOfDebianMayHold() {
        assertThat(Purl.debian("libstdc++6", "1:12.2.0-14+deb12u1", "amd64", "debian-12"))
                .isEqualTo("pkg:deb/debian/libstdc%2B%2B6@1:12.2.0-14%2Bdeb12u1?arch=amd64&distro=debian-12");
        assertThat(Purl.debian("a", "1", "all", "")).isEqualTo("pkg:deb/debian/a@1?arch=all");
    }

    @Test
    void keepsTheRulesOfEachType() {
        assertThat(Purl.golang("github.com/BurntSushi/toml", "v1.4.0"))
                .isEqualTo("pkg:golang/github.com/burntsushi/toml@v1.4.0");
        assertThat(Purl.pypi("Typing_Extensions", "4.1")).isEqualTo("pkg:pypi/typing-extensions@4.1");
        assertThat(Purl.npm("@citation-js/core", "0.7.21")).isEqualTo("pkg:npm/%40citation-js/core@0.7.21");
        assertThat(Purl.maven("org.apache.commons", "commons-compress", "1.28.0"))
                .isEqualTo("pkg:maven/org.apache.commons/commons-compress@1.28.0");
        assertThat(Purl.generic("ashlar/images/nginx/nginx.conf", "ab"))
                .isEqualTo("pkg:generic/ashlar/images/nginx/nginx.conf@ab");
    }
}
