package dev.ashlar.images.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.host.Folders;
import dev.ashlar.images.host.Progress;
import dev.ashlar.images.host.Sha256;
import dev.ashlar.images.recipe.LockedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    @TempDir
    private Path cache = Path.of("");

    @Test
    void handsOutWhatIsKeptAndWholeWithoutAnyClient() throws IOException {
        LockedSource.Deb deb = kept("content");
        assertThat(sources(Optional.empty()).files(deb).getFirst()).hasContent("content");
    }

    @Test
    void throwsAwayWhatWasDamaged() throws IOException {
        LockedSource.Deb deb = kept("content");
        Path file = cache.resolve("sources").resolve(deb.sha256()).resolve("web.deb");
        Files.writeString(file, "conten");
        List<String> said = new ArrayList<>();
        assertThat(new Sources(cache, Optional.empty(), new Progress(said::add)).isKept(deb))
                .isFalse();
        assertThat(file).doesNotExist();
        assertThat(said).containsExactly("web.deb was damaged in the cache, fetching it anew");
    }

    @Test
    void takesFromTheFolderInsteadOfAskingARegistry() throws IOException {
        LockedSource.Deb deb = kept("content");
        SourceFolder folder = gathered(deb);
        Folders.delete(cache.resolve("sources"));
        assertThat(sources(Optional.of(folder)).files(deb).getFirst()).hasContent("content");
    }

    @Test
    void saysWhichFileTheFolderLacksAndWhatToType() throws IOException {
        LockedSource.Deb deb = kept("content");
        SourceFolder folder = gathered(deb);
        Folders.delete(cache.resolve("sources"));
        Path place = folder.folder().resolve("files").resolve(deb.sha256());
        Folders.delete(place);
        assertThatThrownBy(() -> sources(Optional.of(folder)).files(deb))
                .isInstanceOf(BuildException.class)
                .hasMessage(
                        "deb web 1.0: %s is missing, where images/lock.yaml says its file must be; bring it again, where there is a network, with: make sources DIR=%s",
                        place, folder.folder());
    }

    @Test
    void takesNoChangedFileFromTheFolderUntilItIsGatheredAgain() throws IOException {
        LockedSource.Deb deb = kept("content");
        SourceFolder folder = gathered(deb);
        Path file = folder.folder().resolve("files").resolve(deb.sha256()).resolve("web.deb");
        Files.writeString(file, "contend");
        Files.move(cache.resolve("sources"), cache.resolve("aside"));
        assertThatThrownBy(() -> sources(Optional.of(folder)).files(deb))
                .isInstanceOf(BuildException.class)
                .hasMessage(
                        "deb web 1.0: %s has sha256 %s, but images/lock.yaml says %s; bring it again, where there is a network, with: make sources DIR=%s",
                        file, Sha256.of(file), deb.sha256(), folder.folder());
        assertThat(sources(Optional.empty()).isKept(deb)).isFalse();
        Folders.delete(cache.resolve("sources"));
        Files.move(cache.resolve("aside"), cache.resolve("sources"));
        sources(Optional.empty()).gather(deb, folder);
        assertThat(file).hasContent("content");
    }

    @Test
    void refusesAFolderThatHoldsNoSources() {
        assertThatThrownBy(() -> SourceFolder.existing(cache))
                .hasMessage(
                        "SOURCES is %s, which holds no sources; fill it, where there is a network, with: make sources DIR=%s",
                        cache, cache);
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

    private Sources sources(Optional<SourceFolder> folder) {
        return new Sources(cache, folder, new Progress(line -> {}));
    }

    private SourceFolder gathered(LockedSource source) {
        SourceFolder folder = new SourceFolder(cache.resolve("vendored"));
        sources(Optional.empty()).gather(source, folder);
        return folder;
    }

    private LockedSource.Deb kept(String content) throws IOException {
        Path file = Files.writeString(cache.resolve("web.deb"), content);
        LockedSource.Deb deb = new LockedSource.Deb("web", "1.0", "all", Sha256.of(file));
        Path folder = Files.createDirectories(cache.resolve("sources").resolve(deb.sha256()));
        Files.move(file, folder.resolve("web.deb"));
        return deb;
    }
}
