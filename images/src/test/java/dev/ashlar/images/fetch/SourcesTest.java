package dev.ashlar.images.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.images.host.Progress;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.recipe.LockedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    @TempDir
    private Path cache = Path.of("");

    @Test
    void handsOutWhatIsKeptAndWholeWithoutAnyClient() throws IOException {
        LockedSource.Deb deb = kept("content");
        assertThat(new Sources(cache, new Progress(line -> {})).files(deb).getFirst())
                .hasContent("content");
    }

    @Test
    void throwsAwayWhatWasDamaged() throws IOException {
        LockedSource.Deb deb = kept("content");
        Path file = cache.resolve("sources").resolve(deb.sha256()).resolve("web.deb");
        Files.writeString(file, "conten");
        List<String> said = new ArrayList<>();
        assertThat(new Sources(cache, new Progress(said::add)).isKept(deb)).isFalse();
        assertThat(file).doesNotExist();
        assertThat(said).containsExactly("web.deb was damaged in the cache, fetching it anew");
    }

    @Test
    void saysBothHashesWhenTheyDiffer() {
        assertThat(Sources.mismatch(new LockedSource.Deb("web", "1.0", "all", "aa"), "web_1.0.deb", "aa", "bb"))
                .hasMessageStartingWith("deb web 1.0: web_1.0.deb has sha256 bb, but images/lock.yaml says aa; ");
    }

    @Test
    void addsSourcePackagesToBothFormatsOfAptsList() {
        assertThat(AptSources.oneLine("# a\ndeb [signed-by=/k] u s main\ndeb-src u s main\n"))
                .isEqualTo("deb [signed-by=/k] u s main\ndeb-src [signed-by=/k] u s main\n");
        assertThat(AptSources.deb822("Types: deb\nURIs: u\n\nTypes: deb deb-src\nURIs: v\n"))
                .isEqualTo("Types: deb deb-src\nURIs: u\n\nTypes: deb deb-src\nURIs: v\n");
    }

    private LockedSource.Deb kept(String content) throws IOException {
        Path file = Files.writeString(cache.resolve("web.deb"), content);
        LockedSource.Deb deb = new LockedSource.Deb("web", "1.0", "all", Sha256.of(file));
        Path folder = Files.createDirectories(cache.resolve("sources").resolve(deb.sha256()));
        Files.move(file, folder.resolve("web.deb"));
        return deb;
    }
}
