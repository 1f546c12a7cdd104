package dev.ashlar.images.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownImagesTest {
    private static KnownImage image(String name, String digest, List<String> layers) {
        return new KnownImage(name, digest, "run", layers, Map.of("dynamic", "a reason"));
    }

    @Test
    void readsWhatItWrites() {
        KnownImages known = new KnownImages(List.of(image("web", "sha256:1", List.of("sha256:a", "sha256:b"))));
        assertThat(KnownImages.read(known.json())).isEqualTo(known);
    }

    @Test
    void saysThatATextIsNoList() {
        assertThatThrownBy(() -> KnownImages.read("{"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a list of known images");
    }

    @Test
    void keepsWhatWasBuiltBefore() {
        KnownImages older = new KnownImages(List.of(image("web", "sha256:1", List.of("sha256:a"))));
        KnownImages newer = new KnownImages(List.of(image("web", "sha256:2", List.of("sha256:b"))));
        assertThat(newer.over(older).images())
                .containsExactly(older.images().getFirst(), newer.images().getFirst());
    }

    @Test
    void takesTheKnownImageWithMostLayersForTheBase() {
        KnownImage small = image("libc", "sha256:1", List.of("sha256:a"));
        KnownImage large = image("python", "sha256:2", List.of("sha256:a", "sha256:b"));
        KnownImages known = new KnownImages(List.of(large, small));
        assertThat(known.base(List.of("sha256:a", "sha256:b", "sha256:c"))).isEqualTo(Optional.of(large));
        assertThat(known.base(List.of("sha256:a", "sha256:c"))).isEqualTo(Optional.of(small));
        assertThat(known.base(List.of("sha256:b", "sha256:a"))).isEmpty();
    }
}
