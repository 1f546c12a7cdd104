package dev.ashlar.images.layer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.images.host.Folders;
import dev.ashlar.images.oci.LayerTar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaticCheckTest {
    @TempDir
    private Path folder = Path.of("");

    private void check(@Nullable Integer mode) throws IOException {
        Path tar = folder.resolve("layer.tar");
        LayerTar.write(folder.resolve("tree"), "/", mode, tar);
        StaticCheck.require("web", tar);
    }

    private Path file(String path, String content) throws IOException {
        Path file = folder.resolve("tree").resolve(path);
        Files.createDirectories(Folders.parent(file));
        return Files.writeString(file, content);
    }

    @Test
    void takesDataAndEmptyFiles() throws IOException {
        file("etc/a.conf", "a");
        file("etc/empty", "");
        file("share/script.txt", "#!/bin/sh\nis only shown\n");
        assertThatCode(() -> check(null)).doesNotThrowAnyException();
    }

    @Test
    void refusesADynamicProgram() throws IOException {
        Folders.copy(Path.of(System.getProperty("java.home"), "bin/java"), folder.resolve("tree/java"), file -> true);
        assertThatThrownBy(() -> check(null))
                .hasMessageContaining("image web: /java is a dynamic ELF file")
                .hasMessageContaining("static: false");
    }

    @Test
    void refusesAShell() throws IOException {
        file("bin/sh", "x");
        assertThatThrownBy(() -> check(null)).hasMessageContaining("/bin/sh is a shell");
    }

    @Test
    void refusesAScript() throws IOException {
        Files.setPosixFilePermissions(
                file("run", "#!/usr/bin/env python\n"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(() -> check(null)).hasMessageContaining("/run is a script");
    }

    @Test
    void refusesSetuid() throws IOException {
        file("tool", "data");
        assertThatThrownBy(() -> check(04755)).hasMessageContaining("/tool is setuid or setgid");
    }
}
