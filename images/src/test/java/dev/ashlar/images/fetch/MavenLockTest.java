package dev.ashlar.images.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.images.host.BuildException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenLockTest {
    private static final MavenLock LOCK = new MavenLock(Map.of("g/a/1/a-1.jar", "ab"));

    @TempDir
    private Path root = Path.of("");

    @Test
    void readsWhatSha256sumWrites() throws IOException {
        Files.createDirectories(root.resolve(".mvn"));
        Files.writeString(root.resolve(MavenLock.FILE), "ab  g/a/1/a-1.jar\n");
        assertThat(MavenLock.read(root)).isEqualTo(LOCK);
    }

    @Test
    void refusesAnotherHashAndWhatItDoesNotName() {
        assertThatNoException().isThrownBy(() -> LOCK.require("g/a/1/a-1.jar", "ab"));
        assertThatThrownBy(() -> LOCK.require("g/a/1/a-1.jar", "cd"))
                .isInstanceOf(BuildException.class)
                .hasMessage("Maven artifact g/a/1/a-1.jar has sha256 cd, but .mvn/artifacts.sha256 says ab;"
                        + " if the change is meant, run: make lock");
        assertThatThrownBy(() -> LOCK.require("g/b/1/b-1.jar", "cd"))
                .hasMessageContaining("but .mvn/artifacts.sha256 does not name it");
    }
}
