package dev.ashlar.images.layer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.images.host.Folders;
import dev.ashlar.images.oci.LayerTar;
import dev.ashlar.images.oci.Platform;
import dev.ashlar.images.recipe.Allows;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCheckTest {
    private static final Allows NOTHING = new Allows(null, null, null);
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin/java");

    @TempDir
    private Path folder = Path.of("");

    private void check(Allows allows, @Nullable Integer mode) throws IOException {
        Path tar = folder.resolve("layer.tar");
        LayerTar.write(folder.resolve("tree"), "/", mode, tar);
        ContentCheck.require("web", Platform.own(), allows, List.of(tar));
    }

    private Path file(String path, String content) throws IOException {
        Path file = folder.resolve("tree").resolve(path);
        Files.createDirectories(Folders.parent(file));
        return Files.writeString(file, content, StandardCharsets.ISO_8859_1);
    }

    private void program(String path, String content) throws IOException {
        Files.setPosixFilePermissions(file(path, content), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** An ELF file without sections: static, for this machine, with these bytes in it. */
    private static String elf(String content) {
        return elf(Platform.own(), content);
    }

    private static String elf(Platform platform, String content) {
        String header = "\u007fELF\u0002\u0001\u0001" + "\0".repeat(9) + "\u0002\0" + (char) platform.elfMachine()
                + "\0\u0001\0\0\0" + "\0".repeat(28);
        return header + "@\0" + "8\0\0\0" + "@\0\0\0\0\0" + content;
    }

    @Test
    void takesDataEmptyFilesAndStaticPrograms() throws IOException {
        file("etc/a.conf", "a");
        file("etc/empty", "");
        file("share/script.txt", "#!/bin/sh\nis only shown\n");
        file("share/completion/bash", "complete\n");
        program("tool", elf("PATH\0HOME\0"));
        program("highlighter", elf("RLENGTH|RS|RSTART|SUBSEP|TEXTDOMAIN"));
        assertThatCode(() -> check(NOTHING, null)).doesNotThrowAnyException();
    }

    @Test
    void refusesAProgramForAnotherProcessor() throws IOException {
        Platform other = Platform.own() == Platform.AMD64 ? Platform.ARM64 : Platform.AMD64;
        program("tool", elf(other, ""));
        assertThatThrownBy(() -> check(NOTHING, null))
                .hasMessageContaining(
                        "image web: /tool is a program for another processor (ELF machine %d)", other.elfMachine());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin/sh", "bin/busybox", "bin/mksh", "usr/bin/bash"})
    void refusesAShellByItsName(String path) throws IOException {
        program(path, "x");
        assertThatThrownBy(() -> check(NOTHING, null))
                .hasMessageContaining("image web: /%s is a shell", path)
                .hasMessageContaining("allows: {shell: \"the reason\"}");
    }

    @Test
    void refusesALinkThatIsNamedLikeAShell() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Files.createSymbolicLink(tree.resolve("sh"), Path.of("tool"));
        assertThatThrownBy(() -> check(NOTHING, null)).hasMessageContaining("/sh is a shell");
    }

    @ParameterizedTest
    @CsvSource({
        "PS1=$ |PS2=> |PS4=+ |OPTIND=1|IFS=|, shell",
        "PS1|PS2|OPTIND|IFS|, shell",
        "PYTHONHASHSEED|, interpreter",
        "PERL5LIB|, interpreter",
        "RSTART|SUBSEP|, interpreter"
    })
    void knowsARenamedProgramByItsContent(String content, String key) throws IOException {
        file("lib/data", elf(content.replace('|', '\0')));
        assertThatThrownBy(() -> check(NOTHING, null))
                .hasMessageContaining("/lib/data is")
                .hasMessageContaining("allows: {%s:", key);
    }

    @ParameterizedTest
    @CsvSource({
        "#!/bin/sh -e, shell",
        "#! /usr/bin/env bash, shell",
        "#!/usr/bin/env -S dash -e, shell",
        "#!/usr/bin/env python3, interpreter",
        "#!/opt/tool, interpreter",
        "#!, interpreter"
    })
    void refusesAScriptByWhatRunsIt(String line, String key) throws IOException {
        program("run", line + "\n");
        assertThatThrownBy(() -> check(NOTHING, null))
                .hasMessageContaining("/run is")
                .hasMessageContaining(key);
    }

    @Test
    void refusesADynamicProgramAndAnInterpreterUntilBothAreAllowed() throws IOException {
        Folders.copy(JAVA, folder.resolve("tree/java"), file -> true);
        assertThatThrownBy(() -> check(new Allows(null, null, "x"), null))
                .hasMessageContaining("/java is a dynamic ELF file");
        assertThatThrownBy(() -> check(new Allows("x", null, null), null))
                .hasMessageContaining("/java is an interpreter");
        assertThatCode(() -> check(new Allows("x", null, "x"), null)).doesNotThrowAnyException();
    }

    @Test
    void refusesWhatIsAllowedForNothing() throws IOException {
        file("index.html", "x");
        assertThatThrownBy(() -> check(new Allows(null, "Its hooks are scripts.", null), null))
                .hasMessageContaining("images/web/image.yaml: allows.shell is stale");
    }

    @Test
    void neverTakesSetuid() throws IOException {
        file("tool", "data");
        assertThatThrownBy(() -> check(NOTHING, 04755)).hasMessageContaining("/tool is setuid or setgid");
    }

    @Test
    void neverTakesADevice() throws IOException {
        Path tar = folder.resolve("device.tar");
        try (OutputStream file = Files.newOutputStream(tar);
                TarArchiveOutputStream out = new TarArchiveOutputStream(file, "UTF-8")) {
            out.putArchiveEntry(new TarArchiveEntry("dev/mem", TarConstants.LF_CHR));
            out.closeArchiveEntry();
        }
        assertThatThrownBy(() -> ContentCheck.require("web", Platform.own(), NOTHING, List.of(tar)))
                .hasMessageContaining("/dev/mem is a device");
    }
}
