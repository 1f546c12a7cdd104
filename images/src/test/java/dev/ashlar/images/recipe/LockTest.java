package dev.ashlar.images.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.images.host.BuildException;
import dev.ashlar.images.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockTest {
    @TempDir
    private Path root = Path.of("");

    @Test
    void readsWhatItWrote() throws IOException {
        Lock lock = new Lock(List.of(
                new LockedSource.Wheel("ziglang", "0.17.0", "x86_64", "ab"),
                new LockedSource.DebSource("zlib", "1:1.2.13", Map.of("zlib.dsc", "cd", "zlib.tar.gz", "ef")),
                new LockedSource.Deb("libc6", "2.36-9", "arm64", "23"),
                new LockedSource.Deb("libc6", "2.36-9", "amd64", "01")));
        Files.createDirectories(root.resolve("images"));
        lock.write(root);
        assertThat(Lock.read(root)).isEqualTo(lock);
        assertThat(lock.sources()).extracting(LockedSource::name).containsExactly("libc6", "libc6", "zlib", "ziglang");
    }

    @Test
    void givesEachPlatformItsOwnFileOrTheOneForAll() {
        LockedSource.Deb amd64 = new LockedSource.Deb("libc6", "2.36-9", "amd64", "01");
        LockedSource.Deb arm64 = new LockedSource.Deb("libc6", "2.36-9", "arm64", "23");
        LockedSource.Deb all = new LockedSource.Deb("git-doc", "2.39.5", "all", "45");
        LockedSource.Wheel any = new LockedSource.Wheel("certifi", "2026", "any", "67");
        Lock lock = new Lock(List.of(amd64, arm64, all, any));
        assertThat(lock.deb("libc6", Platform.AMD64)).isEqualTo(amd64);
        assertThat(lock.deb("libc6", Platform.ARM64)).isEqualTo(arm64);
        assertThat(lock.deb("git-doc", Platform.ARM64)).isEqualTo(all);
        assertThat(lock.wheel("certifi", Platform.ARM64)).isEqualTo(any);
    }

    @Test
    void namesTheMissingEntryAndTheRemedy() {
        assertThatThrownBy(() -> new Lock(List.of(new LockedSource.Deb("libc6", "2.36-9", "amd64", "01")))
                        .deb("libc6", Platform.ARM64))
                .isInstanceOf(BuildException.class)
                .hasMessage(
                        "images/lock.yaml has no deb named libc6 for linux/arm64; add it with: PLATFORMS=linux/arm64 ashlar image lock");
    }

    @Test
    void refusesAnEntryTwice() throws IOException {
        Files.createDirectories(root.resolve("images"));
        String entry = "- {kind: wheel, name: a, version: '1', arch: x, sha256: ab}\n";
        Files.writeString(root.resolve(Lock.FILE), entry + entry);
        assertThatThrownBy(() -> Lock.read(root))
                .hasMessage("images/lock.yaml: wheel a x stands there twice; keep one");
    }
}
