package dev.ashlar.images.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.images.host.BuildException;
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
                new LockedSource.Deb("libc6", "2.36-9", "amd64", "01")));
        Files.createDirectories(root.resolve("images"));
        lock.write(root);
        assertThat(Lock.read(root)).isEqualTo(lock);
        assertThat(lock.sources()).extracting(LockedSource::name).containsExactly("libc6", "zlib", "ziglang");
    }

    @Test
    void namesTheMissingEntryAndTheRemedy() {
        assertThatThrownBy(() -> new Lock(List.of()).deb("libc6"))
                .isInstanceOf(BuildException.class)
                .hasMessage("images/lock.yaml has no deb named libc6; add it with: ashlar image lock");
    }

    @Test
    void refusesAnEntryTwice() throws IOException {
        Files.createDirectories(root.resolve("images"));
        String entry = "- {kind: wheel, name: a, version: '1', arch: x, sha256: ab}\n";
        Files.writeString(root.resolve(Lock.FILE), entry + entry);
        assertThatThrownBy(() -> Lock.read(root)).hasMessage("images/lock.yaml: wheel a stands there twice; keep one");
    }
}
