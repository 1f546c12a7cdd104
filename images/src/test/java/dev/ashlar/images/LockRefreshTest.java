package dev.ashlar.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.images.fetch.Offers;
import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.oci.Platform;
import dev.ashlar.images.recipe.LockedSource;
import dev.ashlar.images.recipe.LockedSource.Deb;
import dev.ashlar.images.recipe.Need;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LockRefreshTest {
    private static final Need NGINX = new Need.Deb("nginx", Platform.AMD64);
    private static final Optional<LockedSource> LOCKED = Optional.of(nginx("9", "aa"));

    private final List<String> said = new ArrayList<>();

    @Test
    void takesTheNewestAndShowsOldAndNew() {
        assertThat(lock(new Archive(Map.of("11", "cc", "9", "aa"), List.of("11", "9")), false))
                .isEqualTo(nginx("11", "cc"));
        assertThat(said).containsExactly("deb nginx: 9 → 11");
    }

    @Test
    void takesTheNextOlderWhenTheNewestIsAnnouncedButGone() {
        assertThat(lock(new Archive(Map.of("10", "bb", "9", "aa"), List.of("11", "10", "9")), false))
                .isEqualTo(nginx("10", "bb"));
        assertThat(said).containsExactly("nginx: 11 is announced but cannot be had: 404", "deb nginx: 9 → 10");
    }

    @Test
    void goesBelowTheLockedVersionOnlyWhenThatIsGoneAndSaysSo() {
        assertThat(lock(new Archive(Map.of("8", "dd"), List.of("10", "8")), false))
                .isEqualTo(nginx("8", "dd"));
        assertThat(said)
                .containsExactly(
                        "nginx: 10 is announced but cannot be had: 404",
                        "deb nginx: 9 → 8, since 9 is no longer announced");
    }

    @Test
    void keepsTheLockedWhenNothingElseCanBeHad() {
        assertThat(lock(new Archive(Map.of("8", "dd"), List.of("10", "9", "8")), false))
                .isEqualTo(nginx("9", "aa"));
        assertThat(said).last().isEqualTo("deb nginx: 9 is kept");
    }

    @Test
    void neverTakesAnotherHashForTheSameVersionUnasked() {
        Archive changed = new Archive(Map.of("9", "ee"), List.of("9"));
        assertThat(lock(changed, false)).isEqualTo(nginx("9", "aa"));
        assertThat(said.getFirst())
                .startsWith("deb nginx: version 9 is locked as ")
                .contains("sha256=aa", "sha256=ee")
                .endsWith("; the lock stays as it was: find out who changed the file, then accept it with --accept");
        assertThat(lock(changed, true)).isEqualTo(nginx("9", "ee"));
        assertThat(said.getLast()).endsWith("which was accepted");
    }

    @Test
    void saysOfWhatCannotBeHadAtAllWhatWasTried() {
        Archive empty = new Archive(Map.of(), List.of("10"));
        assertThatThrownBy(() -> new LockRefresh(empty, false, said::add).lock(NGINX, Optional.empty()))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("nginx: no version of it can be had")
                .hasMessageContaining("10 is announced but cannot be had: 404");
    }

    private LockedSource lock(Archive archive, boolean accept) {
        return new LockRefresh(archive, accept, said::add).lock(NGINX, LOCKED);
    }

    private static Deb nginx(String version, String hash) {
        return new Deb("nginx", version, "amd64", hash);
    }

    /** Announces versions, and has the files of some. */
    private record Archive(Map<String, String> files, List<String> announced) implements Offers {
        @Override
        public List<String> versions(Need need) {
            return announced;
        }

        @Override
        public LockedSource offer(Need need, String version) {
            return nginx(version, files.getOrDefault(version, version.equals("9") ? "aa" : "??"));
        }

        @Override
        public List<Path> files(LockedSource source) {
            if (!files.containsKey(source.version())) {
                throw new BuildException("404");
            }
            return List.of();
        }
    }
}
