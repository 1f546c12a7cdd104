package dev.ashlar.images.gc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long OLD = 7200;

    @Test
    void whatNothingRefersToGoes() {
        assertThat(unneeded(Set.of(digest("a")), image("a", OLD), image("b", OLD)))
                .containsExactly(digest("b"));
    }

    @Test
    void whatWasAskedForWithinTheHourStays() {
        assertThat(unneeded(Set.of(), image("a", 3599), image("b", 3600))).containsExactly(digest("b"));
    }

    @Test
    void whatIsAttachedStaysAndGoesWithItsImage() {
        Stored sbom = attached("1", "a");
        Stored signature = attached("2", "1");
        Stored list = list("3", "sha256-" + "a".repeat(64), "1");
        assertThat(unneeded(Set.of(digest("a")), image("a", OLD), sbom, signature, list))
                .isEmpty();
        assertThat(unneeded(Set.of(), image("a", OLD), sbom, signature, list))
                .containsExactly(digest("a"), digest("1"), digest("2"), digest("3"));
    }

    @Test
    void aFormerListOfAttachmentsGoesEvenWhenItIsNew() {
        Stored former =
                new Stored("r", digest("4"), 0, List.of(), 9, Optional.empty(), List.of(digest("1")), List.of());
        Stored list = list("3", "sha256-" + "a".repeat(64), "1", "2");
        assertThat(unneeded(Set.of(digest("a")), image("a", OLD), attached("1", "a"), attached("2", "a"), former, list))
                .containsExactly(digest("4"));
    }

    @Test
    void theImagesOfAnIndexStayWithItAndItWithThem() {
        Stored index = list("9", "v1", "a", "b");
        assertThat(unneeded(Set.of(digest("9")), index, image("a", OLD), image("b", OLD)))
                .isEmpty();
        assertThat(unneeded(Set.of(digest("b")), index, image("a", OLD), image("b", OLD)))
                .isEmpty();
        assertThat(unneeded(Set.of(), index, image("a", OLD), image("b", OLD))).hasSize(3);
    }

    @Test
    void onlyBytesThatNothingKeptHoldsAreReclaimed() {
        Stored kept =
                new Stored("r", digest("a"), OLD, List.of(), 5, Optional.empty(), List.of(), List.of(blob("e", 100)));
        Stored gone = new Stored(
                "r",
                digest("b"),
                OLD,
                List.of(),
                7,
                Optional.empty(),
                List.of(),
                List.of(blob("e", 100), blob("f", 30)));
        assertThat(Selection.of(List.of(kept, gone), Set.of(digest("a")), HOUR).reclaimable())
                .isEqualTo(37);
    }

    private static List<String> unneeded(Set<String> used, Stored... all) {
        return Selection.of(List.of(all), used, HOUR).unneeded().stream()
                .map(Stored::digest)
                .toList();
    }

    private static Stored image(String digit, long idle) {
        return new Stored("r", digest(digit), idle, List.of("latest"), 9, Optional.empty(), List.of(), List.of());
    }

    private static Stored attached(String digit, String subject) {
        return new Stored("r", digest(digit), OLD, List.of(), 9, Optional.of(digest(subject)), List.of(), List.of());
    }

    private static Stored list(String digit, String tag, String... children) {
        List<String> digests =
                List.of(children).stream().map(SelectionTest::digest).toList();
        return new Stored("r", digest(digit), OLD, List.of(tag), 9, Optional.empty(), digests, List.of());
    }

    private static Stored.Blob blob(String digit, long size) {
        return new Stored.Blob(digest(digit), size);
    }

    private static String digest(String digit) {
        return "sha256:" + digit.repeat(64);
    }
}
